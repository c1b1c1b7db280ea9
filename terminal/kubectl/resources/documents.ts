/** Texts of several YAML or JSON documents. */
import { KubectlError } from '../errors.ts'
import { type Json, parseYaml } from '../yaml/parse.ts'
import { YamlError } from '../yaml/tokens.ts'
import { jsonValues } from './json-documents.ts'

/** The documents of a text; the first that does not parse ends it with an Error. */
export function documentsOf(text: string, source: string): readonly (Json | Error)[] {
  return text.trimStart().startsWith('{') ? jsonDocuments(text, source) : yamlDocuments(text, source)
}

/** What looks like JSON and is none may still be YAML (upstream: apimachinery/pkg/util/yaml, YAMLOrJSONDecoder). */
function jsonDocuments(text: string, source: string): readonly (Json | Error)[] {
  const read = jsonValues(text)
  if (!('message' in read)) return read
  const failed = new KubectlError(`error parsing ${source}: ${read.message}`)
  if (read.values.length > 0) return [...read.values, failed]
  const documents = yamlDocuments(text, source)
  return documents.some((document) => document instanceof Error) ? [failed] : documents
}

function yamlDocuments(text: string, source: string): readonly (Json | Error)[] {
  const results: (Json | Error)[] = []
  for (const chunk of splitDocuments(text.endsWith('\n') ? text : `${text}\n`)) {
    try {
      const value = parseYaml(chunk)
      if (value !== undefined && value !== null) results.push(value)
    } catch (error) {
      if (!(error instanceof YamlError)) throw error
      results.push(new KubectlError(`error parsing ${source}: error converting YAML to JSON: ${error.message}`))
      return results
    }
  }
  return results
}

/** Lines of `---` separate documents; the line numbers of mistakes count within one. */
export function splitDocuments(text: string): readonly string[] {
  const chunks: string[] = []
  let rest = text.replace(/^---[^\S\n]*\n/, '')
  for (;;) {
    const at = rest.indexOf('\n---')
    if (at < 0) return [...chunks, rest]
    chunks.push(rest.slice(0, at))
    const lineEnd = rest.indexOf('\n', at + 4)
    const marker = rest.slice(at + 4, lineEnd < 0 ? undefined : lineEnd)
    const carried = marker.trim() === '' || marker.trim().startsWith('#') ? '' : marker
    rest = carried + (lineEnd < 0 ? '' : rest.slice(lineEnd + (carried ? 0 : 1)))
  }
}
