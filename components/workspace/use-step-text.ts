'use client'
import { useTranslations } from 'next-intl'
import type { StepLabel } from '../../server/protocol.ts'

/** What a step did, in the reader's language. */
export function useStepText(): (label: StepLabel) => string {
  const t = useTranslations('steps')
  return ({ kind, text }) => (kind === 'command' ? text : t(kind, { text }))
}
