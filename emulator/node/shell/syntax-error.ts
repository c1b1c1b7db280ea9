/** What the shell refuses to parse; the message is ash's. */
export class ShellSyntaxError extends Error {
  constructor(token: string) {
    super(token === '' ? 'syntax error: unexpected end of file' : `syntax error: unexpected ${describe(token)}`)
  }
}

function describe(token: string): string {
  return token === '\n' ? 'newline' : `"${token}"`
}

/** A quote or bracket that is never closed. */
export class UnterminatedError extends ShellSyntaxError {
  constructor(what: string) {
    super('')
    this.message = `syntax error: unterminated ${what}`
  }
}
