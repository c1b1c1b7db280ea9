import type { Tally } from '../../curriculum/tally.ts'
import { ProgressBar } from '../site/progress-bar.tsx'
import { useTallyWords } from './use-tally-words.ts'

interface TallyLinesProps {
  /** Whose progress it is, for those who hear it. */
  readonly label: string
  readonly tally: Tally
  readonly className?: string
}

/** Lessons read, exercises passed and questions answered, each in words and as a bar. */
export function TallyLines({ label, tally, className = '' }: TallyLinesProps) {
  return (
    <dl className={`space-y-3 ${className}`}>
      {useTallyWords(tally).map(({ name, done, total, text }) => (
        <div key={name}>
          <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-[0.875rem]">
            <dt className="font-medium">{name}</dt>
            <dd className="tabular-nums text-ink-soft">{text}</dd>
          </div>
          <dd>
            <ProgressBar label={`${label}: ${name}`} done={done} total={total} className="mt-1.5" />
          </dd>
        </div>
      ))}
    </dl>
  )
}
