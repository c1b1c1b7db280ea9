/** The course with a learner's progress, as pages show it. Plain data. */
import type { DomainId, Exam } from '../../curriculum/domains.ts'
import type { StepState } from '../../curriculum/steps.ts'
import type { Tally } from '../../curriculum/tally.ts'

export interface MapRow {
  readonly kind: StepState['kind']
  readonly href: string
  readonly title: string
  readonly state: StepState['state']
  readonly score?: StepState['score']
}

export interface MapTrack {
  readonly slug: string
  readonly title: string
  readonly summary: string
  readonly rows: readonly MapRow[]
  readonly tally: Tally
}

export interface MapDomain {
  readonly id: DomainId
  readonly name: string
  readonly weight: number
  readonly tally: Tally
  /** Undefined when all that serves the domain is done. */
  readonly next: MapRow | undefined
}

export interface MapExam {
  readonly exam: Exam
  /** Those that the course teaches. */
  readonly domains: readonly MapDomain[]
  /** Those that it comes across. */
  readonly touched: readonly MapDomain[]
  /** Those that it leaves out. */
  readonly rest: readonly MapDomain[]
}
