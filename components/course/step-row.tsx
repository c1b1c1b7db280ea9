import { useTranslations } from 'next-intl'
import { Link } from '../../i18n/navigation.ts'
import { Icon } from '../ui/icons.tsx'
import type { MapRow } from './course-map.ts'

/** One page of the course in a list: done, begun or new, with what was reached so far. */
export function StepRow({ row, isNext }: { readonly row: MapRow; readonly isNext: boolean }) {
  const t = useTranslations('map')
  const { kind, href, title, state, score } = row
  return (
    <li
      className={`relative flex items-center gap-4 rounded-lg py-2.5 pr-1 hover:bg-surface ${kind === 'lesson' ? '' : 'pl-5 sm:pl-10'}`}
    >
      <StateMark state={state} />
      <span className="min-w-0 flex-1">
        <Link
          href={href}
          className={`after:absolute after:inset-0 after:rounded-lg ${kind === 'lesson' ? 'font-semibold' : 'font-medium'}`}
        >
          {title}
        </Link>
        <span className="ml-3 text-[0.8125rem] whitespace-nowrap text-ink-soft">{t(`kind.${kind}`)}</span>
        {isNext && <span className="ml-3 text-[0.8125rem] font-medium whitespace-nowrap text-accent">{t('next')}</span>}
      </span>
      {score && (
        <span className="shrink-0 text-[0.875rem] tabular-nums text-ink-soft">
          {t(kind === 'quiz' ? 'right' : 'points', score)}
        </span>
      )}
      <Icon name="right" className="size-4 text-ink-soft" />
    </li>
  )
}

function StateMark({ state }: Pick<MapRow, 'state'>) {
  const t = useTranslations('map')
  const look = {
    done: 'border-good bg-good-wash text-good',
    begun: 'border-accent text-accent',
    new: 'border-line-strong',
  }[state]
  return (
    <span className={`grid size-6 shrink-0 place-items-center rounded-full border ${look}`}>
      {state === 'done' && <Icon name="check" className="size-3.5" strokeWidth="2.2" />}
      {state === 'begun' && <Icon name="dot" className="size-3.5" strokeWidth="2.2" />}
      <span className="sr-only">{t(`state.${state}`)}</span>
    </span>
  )
}
