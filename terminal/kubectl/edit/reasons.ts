/** Why a file has to be edited again: comment lines at its head (upstream: cmd/util/editor/editoptions.go). */
import type { ApiError } from '../errors.ts'

export interface Reason {
  readonly head: string
  readonly details: readonly string[]
}

const OBJECT_HEAD = [
  "Please edit the object below. Lines beginning with a '#' will be ignored,",
  'and an empty file will abort the edit. If an error occurs while saving this file will be',
  'reopened with the relevant failures.',
]
const ANNOTATION_HEAD = [
  "Please edit the 'last-applied-configuration' annotations below.",
  "Lines beginning with a '#' will be ignored, and an empty file will abort the edit.",
]

/** The comment lines above what is edited. */
export function headOf(annotations: boolean, reasons: readonly Reason[]): string {
  const intro = [...(annotations ? ANNOTATION_HEAD : OBJECT_HEAD), '']
  const blocks = reasons.flatMap(({ head, details }) => [
    details.length > 0 ? `${head}:` : head,
    ...details.map((detail) => `* ${detail}`),
    '',
  ])
  return [...intro, ...blocks].map((line) => (line === '' ? '#\n' : `# ${line.replaceAll('\n', '\n# ')}\n`)).join('')
}

/** The server refused the object's fields. */
export function invalidReason(what: string, error: ApiError): Reason {
  const causes = error.status.details?.causes ?? []
  return { head: `${what} was not valid`, details: causes.map(({ field, message }) => `${field}: ${message}`) }
}

/** kubectl itself could not make sense of the file. */
export function unreadableReason(what: string, problem: string): Reason {
  return {
    head: `${what} was not valid`,
    details: [`<nil>: Invalid value: "The edited file failed validation": ${problem}`],
  }
}

export function withoutComments(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n')
}
