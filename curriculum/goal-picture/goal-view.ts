import type { LineAspect, RowAspect } from './facts.ts'

/** The goal of an exercise as pages draw it beside the present: plain data, sent whole when a mark comes or goes. */
export interface GoalView {
  readonly things: readonly GoalThing[]
  readonly lines: readonly GoalLine[]
  /** Things and lines that are not as they should be. */
  readonly left: number
}

export interface GoalThing {
  /** `Service shop/web` */
  readonly id: string
  /** `Service`, `Deployment`, `Ingress`, …; `Address` for a server outside the cluster. */
  readonly kind: string
  readonly namespace: string
  readonly name: string
  /** It was there at the beginning and has to stay as it was. */
  readonly kept: boolean
  /** `surplus`: still there though it has to go; `gone`: it went. */
  readonly state: 'met' | 'missing' | 'differs' | 'surplus' | 'gone'
  readonly rows: readonly GoalRow[]
}

/** A property of a thing: what the goal is, and what there is instead. */
export interface GoalRow {
  /** `astray`: requests go to `now`, too, and should not. */
  readonly aspect: RowAspect | 'astray'
  /** The port that it is about. */
  readonly of?: string
  /** `some` where it only matters that there is one. */
  readonly value: string
  readonly met: boolean
  readonly now?: string
}

/** Requests go from one thing to another: a Service's ready endpoints of a workload (`value` of them), an Ingress's path. */
export interface GoalLine {
  readonly from: string
  readonly to: string
  readonly aspect: LineAspect
  /** Host and path of an Ingress's route. */
  readonly of?: string
  readonly value: string
  readonly met: boolean
  /** It differs, and not only because something at one of its ends does. */
  readonly marked: boolean
  readonly now?: string
}
