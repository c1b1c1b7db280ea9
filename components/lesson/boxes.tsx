import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Icon, type IconName } from '../ui/icons.tsx'
import { ScrollableSection } from '../ui/scrollable.tsx'

interface BoxProps {
  readonly title?: string
  readonly children: ReactNode
}
interface FrameProps extends BoxProps {
  readonly kind: string
  readonly icon: IconName
  readonly look: string
  readonly tone: string
}

function Frame({ kind, icon, look, tone, title, children }: FrameProps) {
  return (
    <section aria-label={title ?? kind} className={`my-7 rounded-xl border-l-4 px-5 py-4 ${look}`}>
      <p className={`flex items-center gap-1.5 text-[0.8125rem] font-semibold ${tone}`}>
        <Icon name={icon} />
        {kind}
      </p>
      {title && <p className="mt-1 text-[1.0625rem] font-semibold">{title}</p>}
      <div className="mt-1 [&>*+*]:mt-4 [&>.output]:-mt-2.5">{children}</div>
    </section>
  )
}

/** Where the study note is mistaken or out of date. */
export function Correction(props: BoxProps) {
  const t = useTranslations('lesson')
  return <Frame {...props} kind={t('correction')} icon="warning" look="border-warn bg-warn-wash" tone="text-warn" />
}

/** Something worth knowing beside the way. */
export function Aside(props: BoxProps) {
  const t = useTranslations('lesson')
  return <Frame {...props} kind={t('aside')} icon="info" look="border-line-strong bg-surface" tone="text-ink-soft" />
}

/** What to take along. */
export function Recap(props: BoxProps) {
  const t = useTranslations('lesson')
  return <Frame {...props} kind={t('recap')} icon="check" look="border-good bg-good-wash" tone="text-good" />
}

/** A solution to try without first: closed until the reader asks for it, also without JavaScript. */
export function Solution({ children }: { readonly children: ReactNode }) {
  const t = useTranslations('lesson')
  return (
    <details className="group my-6 rounded-xl border border-line bg-surface px-5 py-3">
      <summary className="flex cursor-pointer list-none items-center gap-2 font-semibold text-accent [&::-webkit-details-marker]:hidden">
        <Icon name="right" className="size-4 transition-transform group-open:rotate-90" />
        {t('solution')}
      </summary>
      <div className="mt-3 pb-2 [&>*+*]:mt-4 [&>.output]:-mt-2.5">{children}</div>
    </details>
  )
}

/** Numbered steps written as a list. */
export function Steps({ children }: { readonly children: ReactNode }) {
  return <div className="my-6 border-l-2 border-line pl-5 [&_ol]:list-decimal [&_ol]:pl-5">{children}</div>
}

/** Wide tables scroll by themselves, so that the page never does. */
export function Table({ children }: { readonly children?: ReactNode }) {
  return (
    <ScrollableSection className="table-scroll my-6">
      <table>{children}</table>
    </ScrollableSection>
  )
}
