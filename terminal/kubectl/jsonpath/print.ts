/** `-o jsonpath` and its relatives. */
import { findResults, JsonPathError, type JsonValue, type PathNode, parseJsonPath } from '../../../emulator/index.ts'
import { KubectlError } from '../errors.ts'
import { goSyntax, goValue } from '../print/go-format.ts'
import { goJson, goJsonIndented } from '../print/go-json.ts'

/** A printer for one template. Throws KubectlError for a template that does not parse. */
export function jsonPathPrinter(
  template: string,
  options: { readonly allowMissing: boolean; readonly asJson?: boolean },
): (value: JsonValue) => string {
  const pieces = parseTemplate(template)
  return (value) => {
    try {
      const results = findResults(pieces, value, options)
      if (options.asJson) return results.map((values) => `${goJsonIndented([...values])}\n`).join('')
      return results.map((values) => values.map(text).join(' ')).join('')
    } catch (error) {
      if (!(error instanceof JsonPathError)) throw error
      throw new KubectlError(
        `error executing jsonpath ${JSON.stringify(template)}: Error executing template: ${error.message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n\t\t${goSyntax(value)}\n\n`,
      )
    }
  }
}

function parseTemplate(template: string): readonly PathNode[] {
  try {
    return parseJsonPath(template)
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error
    throw new KubectlError(`error parsing jsonpath ${template}, ${error.message}`)
  }
}

function text(value: JsonValue): string {
  if (value === null) return 'null'
  return typeof value === 'object' ? goJson(value) : goValue(value)
}

/** `x`, `.x`, `{x}` and `{.x}` all mean `{.x}` (upstream: get.RelaxedJSONPathExpression). Throws KubectlError. */
export function relaxedPath(expression: string): string {
  if (expression === '') return expression
  const match = /^\{?\.?([^{}]*)\}?$/.exec(expression)
  const braces = expression.startsWith('{') === expression.endsWith('}')
  if (!match || !braces)
    throw new KubectlError(
      `unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'`,
    )
  return `{.${match[1]}}`
}

/** All values at a relaxed path of one object; missing fields give none. */
export function valuesAt(expression: string, value: JsonValue): readonly JsonValue[] {
  try {
    return findResults(parseTemplate(relaxedPath(expression)), value, { allowMissing: true })[0] ?? []
  } catch (error) {
    if (error instanceof JsonPathError) throw new KubectlError(error.message)
    throw error
  }
}
