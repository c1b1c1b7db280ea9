import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Link } from '../../i18n/navigation.ts'
import { buttonClass } from '../ui/button.tsx'
import { Icon } from '../ui/icons.tsx'

interface ExplanationProps {
  readonly next: { readonly slug: string; readonly title: string } | undefined
  readonly children: ReactNode
}

/** After a full pass: why it works, and where to go on. */
export function Explanation({ next, children }: ExplanationProps) {
  const t = useTranslations('exercise')
  return (
    <section className="settle-in mt-8 rounded-xl border-l-4 border-good bg-good-wash px-5 py-4">
      <h2 className="text-lg font-semibold">{t('explain')}</h2>
      <div className="prose mt-2">{children}</div>
      {next && (
        <Link href={`/exercises/${next.slug}`} className={`${buttonClass('primary')} mt-5`}>
          {t('next', { title: next.title })}
          <Icon name="right" />
        </Link>
      )}
    </section>
  )
}
