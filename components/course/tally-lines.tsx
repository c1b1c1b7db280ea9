import type { Tally } from '../../curriculum/tally.ts'
import { ProgressBar } from '../site/progress-bar.tsx'
import { useTallyWords } from './use-tally-words.ts'

interface TallyLinesProps {
  /** Whose progress it is, for those who hear it. */
  readonly label: string
  readonly tally: Tally
  /** Side by side on wide screens, and not one below the other. */
  readonly inRow?: boolean
  readonly className?: string
}

/** Lessons read, exercises passed and questions answered, each in words and as a bar. */
export function TallyLines({ label, tally, inRow = false, className = '' }: TallyLinesProps) {
  return (
    <dl className={`${inRow ? 'grid gap-x-8 gap-y-3 sm:grid-cols-3' : 'space-y-3'} ${className}`}>
      {useTallyWords(tally).map(({ name, done, total, text }) => (
        <div
          key={name}
          className={`grid grid-cols-[auto_1fr] items-baseline gap-x-4 text-[0.875rem] ${inRow ? 'sm:grid-cols-1' : ''}`}
        >
          <dt className="font-medium">{name}</dt>
          <dd className={`text-right tabular-nums text-ink-soft ${inRow ? 'sm:text-left' : ''}`}>{text}</dd>
          <dd className={inRow ? 'col-span-2 sm:col-span-1' : 'col-span-2'}>
            <ProgressBar label={`${label}: ${name}`} done={done} total={total} className="mt-1.5" />
          </dd>
        </div>
      ))}
    </dl>
  )
}
