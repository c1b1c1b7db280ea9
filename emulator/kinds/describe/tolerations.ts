import type { Toleration } from '../../generated/types.ts'
import { byBytes } from '../format/labels.ts'
import { titled } from './lines.ts'

/** Tolerations sorted by key (upstream: describe.go printPodTolerationsMultiline). */
export function tolerationLines(title: string, tolerations: readonly Toleration[] | undefined): readonly string[] {
  const sorted = [...(tolerations ?? [])].sort((a, b) => byBytes(a.key ?? '', b.key ?? ''))
  return titled(title, sorted.map(tolerationText))
}

function tolerationText({ key = '', value = '', effect = '', operator, tolerationSeconds }: Toleration): string {
  let text = key
  if (value !== '') text += `=${value}`
  if (effect !== '') text += `:${effect}`
  if (operator === 'Exists' && value === '') text += key !== '' || effect !== '' ? ' op=Exists' : 'op=Exists'
  if (tolerationSeconds !== undefined) text += ` for ${tolerationSeconds}s`
  return text
}
