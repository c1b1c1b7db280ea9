/** Labels on the command line (upstream: kubectl/pkg/cmd/label and generate.ParseLabels). */
import { KubectlError } from '../errors.ts'

/** `a=1,b=2`. Throws KubectlError. */
export function parseLabelList(text: string): { readonly [key: string]: string } {
  const labels: { [key: string]: string } = Object.create(null)
  for (const part of text.split(',')) {
    const [key = '', value, ...more] = part.split('=')
    if (value === undefined || more.length > 0 || key === '') throw new KubectlError(`unexpected label spec: ${part}`)
    labels[key] = value
  }
  return { ...labels }
}

const LABEL_VALUE = /^(?:(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/

/** What is wrong with a label's value, in the API's words. */
export function labelValueProblems(value: string): readonly string[] {
  const problems: string[] = []
  if (value.length > 63) problems.push('must be no more than 63 bytes')
  if (!LABEL_VALUE.test(value))
    problems.push(
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    )
  return problems
}
