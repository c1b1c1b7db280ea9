import type { ReactNode } from 'react'
import { Link } from '../../i18n/navigation.ts'
import { DomainList } from '../course/domain-list.tsx'
import { Icon } from '../ui/icons.tsx'

/** Cards of one track under its name. */
export function EntryGroup({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="mt-10 first-of-type:mt-0">
      <h2 className="text-[1.1875rem] font-bold">{title}</h2>
      <ul className="mt-3 space-y-3">{children}</ul>
    </section>
  )
}

interface EntryCardProps {
  readonly href: string
  readonly title: string
  readonly facts: readonly string[]
  /** Exam domains it serves, as labels. */
  readonly domains: readonly string[]
  /** Progress, at the right. */
  readonly mark?: ReactNode
}

/** One line of a list of exercises or quizzes. */
export function EntryCard({ href, title, facts, domains, mark }: EntryCardProps) {
  return (
    <li className="relative flex items-center gap-4 rounded-xl border border-line bg-raised px-5 py-4 transition-colors duration-150 hover:border-accent">
      <div className="min-w-0 flex-1">
        <h3 className="text-[1.0625rem] font-semibold">
          <Link href={href} className="after:absolute after:inset-0 after:rounded-xl">
            {title}
          </Link>
        </h3>
        <p className="mt-1 text-[0.875rem] text-ink-soft">{facts.join(' · ')}</p>
        <DomainList domains={domains} className="mt-0.5" />
      </div>
      {mark}
      <Icon name="right" className="size-4 text-ink-soft" />
    </li>
  )
}

/** A tick with words for what is done. */
export function DoneMark({ children }: { readonly children: ReactNode }) {
  return (
    <span className="flex shrink-0 items-center gap-1.5 text-[0.875rem] font-medium text-good">
      <Icon name="check" strokeWidth="2" />
      {children}
    </span>
  )
}

/** Progress that is not the end of it. */
export function SoFar({ children }: { readonly children: ReactNode }) {
  return <span className="shrink-0 text-[0.875rem] tabular-nums text-ink-soft">{children}</span>
}
