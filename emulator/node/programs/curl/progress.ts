const HEAD =
  '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n' +
  '                                 Dload  Upload   Total   Spent    Left  Speed\n'
const EMPTY = '\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0'

/** curl's progress meter: shown when the body goes to a file or a pipe and -s is not given. */
export class ProgressMeter {
  readonly #write: (text: string) => void
  #started = false

  constructor(write: (text: string) => void) {
    this.#write = write
  }

  start(): void {
    this.#write(this.#started ? EMPTY : HEAD + EMPTY)
    this.#started = true
  }

  /** One line for each second that passed without news. */
  tick(seconds: number): void {
    const clock = `${Math.floor(seconds / 3600)}:${String(Math.floor(seconds / 60) % 60).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`
    this.#write(`\r  0     0    0     0    0     0      0      0 --:--:-- ${clock.padStart(8)} --:--:--     0`)
  }

  finish(bytes: number, ms: number): void {
    const speed = String(ms === 0 ? bytes * 1000 : Math.round((bytes * 1000) / ms))
    const size = String(bytes).padStart(5)
    const percent = bytes === 0 ? '  0' : '100'
    this.#write(
      `\r${percent} ${size}  ${percent} ${size}    0     0  ${speed.padStart(5)}      0 --:--:-- --:--:-- --:--:-- ${speed.padStart(5)}\n`,
    )
  }

  fail(): void {
    this.#write(`${EMPTY}\n`)
  }
}
