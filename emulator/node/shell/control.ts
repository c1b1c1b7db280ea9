/** `exit`, and the end of a shell by `exec` or `set -e`. */
export class ShellExit extends Error {
  readonly status: number
  constructor(status: number) {
    super(`exit ${status}`)
    this.status = status
  }
}

/** `break` and `continue`, with the number of loops to leave. */
export class LoopControl extends Error {
  readonly action: 'break' | 'continue'
  readonly levels: number
  constructor(action: 'break' | 'continue', levels: number) {
    super(action)
    this.action = action
    this.levels = levels
  }
}

/** `return` from a function. */
export class FunctionReturn extends Error {
  readonly status: number
  constructor(status: number) {
    super(`return ${status}`)
    this.status = status
  }
}

/** A word that cannot be expanded (`${X?message}`); ends the command. */
export class ExpansionError extends Error {}
