/** A strategic merge patch that cannot be applied. `kind` decides which Status it becomes. */
export class StrategicProblem extends Error {
  readonly kind: 'bad-format' | 'bad-patch-type' | 'no-list-of-lists' | 'other'
  constructor(kind: StrategicProblem['kind'], message: string) {
    super(message)
    this.kind = kind
  }
}
