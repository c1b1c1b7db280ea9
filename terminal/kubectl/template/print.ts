/** `-o go-template` (upstream: cli-runtime/pkg/printers/template.go). */
import type { JsonValue } from '../../../emulator/index.ts'
import { KubectlError } from '../errors.ts'
import { goSyntax } from '../print/go-format.ts'
import { goJson } from '../print/go-json.ts'
import { execute } from './execute.ts'
import { TemplateError, type TemplateNode } from './nodes.ts'
import { parseTemplate } from './parse.ts'

/** A printer for one template. Throws KubectlError for a template that does not parse. */
export function templatePrinter(
  source: string,
  options: { readonly allowMissing: boolean },
): (value: JsonValue) => string {
  const nodes = parse(source)
  return (value) => {
    try {
      return execute(nodes, value, options)
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error
      throw new KubectlError(
        `error executing template ${JSON.stringify(source)}: template: output:1: executing "output" at ${error.message}\n\ttemplate was:\n\t\t${source}\n\traw data was:\n\t\t${goJson(value)}\n\tobject given to template engine was:\n\t\t${goSyntax(value)}\n\n`,
      )
    }
  }
}

function parse(source: string): readonly TemplateNode[] {
  try {
    return parseTemplate(source)
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    throw new KubectlError(`error parsing template ${source}, template: output:1: ${error.message}`)
  }
}
