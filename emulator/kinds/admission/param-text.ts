import type { ParamKind, ParamRef } from '../../generated/types.ts'
import { labelSelectorText } from '../format/labels.ts'

/** `rules.example.com/v1/Limit` (upstream: printers.go printValidatingAdmissionPolicy). */
export const paramKindText = (kind: ParamKind | undefined): string =>
  kind ? `${kind.apiVersion}/${kind.kind}` : '<unset>'

/** Which object parametrises a policy. */
export function paramRefText(reference: ParamRef | undefined): string {
  if (!reference) return '<unset>'
  if (!reference.name) return labelSelectorText(reference.selector)
  return reference.namespace ? `${reference.namespace}/${reference.name}` : reference.name
}
