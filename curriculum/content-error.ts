/** A mistake in content/, said with the file and line an author has to open. */
export class ContentError extends Error {
  readonly file: string
  readonly line: number | undefined

  constructor(file: string, line: number | undefined, message: string) {
    super(`${file}${line === undefined ? '' : `:${line}`}: ${message}`)
    this.name = 'ContentError'
    this.file = file
    this.line = line
  }
}
