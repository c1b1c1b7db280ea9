/**
 * The parts that describers are made of. A describer returns lines whose cells are separated by tabs; kubectl aligns
 * them as Go's tabwriter does (upstream: k8s.io/kubectl/pkg/describe/describe.go).
 */
import type { KubeObject } from '../../api/types.ts'
import { byBytes } from '../format/labels.ts'

type StringMap = { readonly [key: string]: string }

/** Lines set in by `level` steps of two blanks. */
export function indent(level: number, lines: readonly string[]): readonly string[] {
  const blanks = '  '.repeat(level)
  return lines.map((line) => blanks + line)
}

/** `Name:\tweb` and, for namespaced objects, `Namespace:\tdefault`. */
export function nameLines({ metadata }: KubeObject): readonly string[] {
  const name = `Name:\t${metadata?.name ?? ''}`
  return metadata?.namespace ? [name, `Namespace:\t${metadata.namespace}`] : [name]
}

/** `Labels:\ta=b` with one further line a label, or `<none>` (upstream: printLabelsMultiline). */
export function labelLines(title: string, labels: StringMap | undefined): readonly string[] {
  const pairs = Object.entries(labels ?? {})
    .sort(([a], [b]) => byBytes(a, b))
    .map(([key, value]) => `${key}=${value}`)
  return titled(title, pairs)
}

/** A title with values below each other, or `<none>`. */
export function titled(title: string, values: readonly string[]): readonly string[] {
  if (values.length === 0) return [`${title}:\t<none>`]
  return values.map((value, index) => (index === 0 ? `${title}:\t${value}` : `\t${value}`))
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'
const MAX_ANNOTATION_LENGTH = 140

/** Annotations but for kubectl apply's own; long and multi-line values go below their key (upstream: printAnnotationsMultiline). */
export function annotationLines(title: string, annotations: StringMap | undefined): readonly string[] {
  const shown = Object.entries(annotations ?? {})
    .filter(([key]) => key !== LAST_APPLIED)
    .sort(([a], [b]) => byBytes(a, b))
  return titled(
    title,
    shown.flatMap(([key, value]) => annotationText(key, value.replace(/\n$/, ''))),
  )
}

function annotationText(key: string, value: string): readonly string[] {
  if (key.length + value.length + 2 <= MAX_ANNOTATION_LENGTH && !value.includes('\n')) return [`${key}: ${value}`]
  return [`${key}:`, ...value.split('\n').map((line) => `  ${shorten(line, MAX_ANNOTATION_LENGTH - 2)}`)]
}

const shorten = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length)}...` : text)

/** `Controlled By:\tReplicaSet/web-1`, if something does. */
export function controllerLines({ metadata }: KubeObject): readonly string[] {
  const owner = metadata?.ownerReferences?.find(({ controller }) => controller)
  return owner ? [`Controlled By:\t${owner.kind}/${owner.name}`] : []
}

/** Go's `%v` of a bool, as describe prints conditions of containers. */
export const boolText = (value: boolean | undefined): string => (value ? 'True' : 'False')
