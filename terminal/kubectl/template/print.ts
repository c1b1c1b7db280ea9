/** `-o go-template` (upstream: cli-runtime/pkg/printers/template.go). */
import type { JsonValue } from '../../../emulator/index.ts'
import { KubectlError } from '../errors.ts'
import { goValue } from '../print/go-format.ts'
import { goJson } from '../print/go-json.ts'
import { execute } from './execute.ts'
import { type Template, TemplateError } from './nodes.ts'
import { parseTemplate } from './parse.ts'

/**
 * A printer for one template. Throws KubectlError for a template that does not parse, and, with what was printed so far,
 * for one that fails.
 */
export function templatePrinter(
  source: string,
  options: { readonly allowMissing: boolean },
): (value: JsonValue) => string {
  const template = parse(source)
  return (value) => {
    const { output, error } = execute(template, value, options)
    if (!error) return output
    throw new KubectlError(`error executing template ${JSON.stringify(source)}: ${error.message}`, {
      printed: `${output}Error executing template: ${error.message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${source}\n\traw data was:\n\t\t${goJson(value)}\n\tobject given to template engine was:\n\t\t${goValue(value)}\n\n`,
    })
  }
}

function parse(source: string): Template {
  try {
    return parseTemplate(source)
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    throw new KubectlError(`error parsing template ${source}, template: output:${error.message}`)
  }
}
