import { simpleProgram } from './text-program.ts'

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** date [+FORMAT], in UTC: containers have no other time zone. */
export const date = simpleProgram('date', (process) => {
  const format = process.argv.slice(1).find((word) => word.startsWith('+'))
  process.out(`${formatTime(process.now(), format?.slice(1) ?? '%a %b %e %H:%M:%S UTC %Y')}\n`)
  return 0
})

/** strftime for UTC. */
export function formatTime(at: number, format: string): string {
  const time = new Date(at)
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = DAYS[time.getUTCDay()] ?? ''
  const month = MONTHS[time.getUTCMonth()] ?? ''
  const parts: { readonly [letter: string]: string } = {
    Y: String(time.getUTCFullYear()),
    m: two(time.getUTCMonth() + 1),
    d: two(time.getUTCDate()),
    e: String(time.getUTCDate()).padStart(2),
    H: two(time.getUTCHours()),
    M: two(time.getUTCMinutes()),
    S: two(time.getUTCSeconds()),
    N: `${String(time.getUTCMilliseconds()).padStart(3, '0')}000000`,
    a: day.slice(0, 3),
    A: day,
    b: month.slice(0, 3),
    B: month,
    h: month.slice(0, 3),
    y: two(time.getUTCFullYear() % 100),
    s: String(Math.floor(at / 1000)),
    Z: 'UTC',
    z: '+0000',
    F: time.toISOString().slice(0, 10),
    T: time.toISOString().slice(11, 19),
    D: `${two(time.getUTCMonth() + 1)}/${two(time.getUTCDate())}/${two(time.getUTCFullYear() % 100)}`,
    R: time.toISOString().slice(11, 16),
    n: '\n',
    t: '\t',
    '%': '%',
  }
  return format.replace(/%(.)/g, (whole, letter: string) => parts[letter] ?? whole)
}
