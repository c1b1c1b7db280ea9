const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = 'January February March April May June July August September October November December'.split(' ')

type Formatter = (date: Date) => string
const pad = (value: number, width = 2, filler = '0'): string => String(value).padStart(width, filler)
const twelve = (date: Date): number => date.getUTCHours() % 12 || 12
const day = (date: Date): string => DAYS[date.getUTCDay()] ?? ''
const month = (date: Date): string => MONTHS[date.getUTCMonth()] ?? ''

const FORMATTERS: ReadonlyMap<string, Formatter> = new Map<string, Formatter>([
  ['Y', (date) => String(date.getUTCFullYear())],
  ['y', (date) => pad(date.getUTCFullYear() % 100)],
  ['m', (date) => pad(date.getUTCMonth() + 1)],
  ['d', (date) => pad(date.getUTCDate())],
  ['e', (date) => pad(date.getUTCDate(), 2, ' ')],
  ['H', (date) => pad(date.getUTCHours())],
  ['k', (date) => pad(date.getUTCHours(), 2, ' ')],
  ['I', (date) => pad(twelve(date))],
  ['l', (date) => pad(twelve(date), 2, ' ')],
  ['M', (date) => pad(date.getUTCMinutes())],
  ['S', (date) => pad(date.getUTCSeconds())],
  ['N', (date) => pad(date.getUTCMilliseconds() * 1_000_000, 9)],
  ['s', (date) => String(Math.floor(date.getTime() / 1_000))],
  ['p', (date) => (date.getUTCHours() < 12 ? 'AM' : 'PM')],
  ['P', (date) => (date.getUTCHours() < 12 ? 'am' : 'pm')],
  ['a', (date) => day(date).slice(0, 3)],
  ['A', day],
  ['b', (date) => month(date).slice(0, 3)],
  ['h', (date) => month(date).slice(0, 3)],
  ['B', month],
  ['j', (date) => pad(Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1, 3)],
  ['u', (date) => String(date.getUTCDay() || 7)],
  ['w', (date) => String(date.getUTCDay())],
  ['Z', () => 'UTC'],
  ['z', () => '+0000'],
  ['n', () => '\n'],
  ['t', () => '\t'],
  ['%', () => '%'],
])
const COMPOUND: ReadonlyMap<string, string> = new Map([
  ['F', '%Y-%m-%d'],
  ['T', '%H:%M:%S'],
  ['R', '%H:%M'],
  ['D', '%m/%d/%y'],
  ['x', '%m/%d/%y'],
  ['X', '%H:%M:%S'],
  ['r', '%I:%M:%S %p'],
  ['c', '%a %b %e %H:%M:%S %Y'],
])

/** strftime in UTC, the time zone of every emulated machine. Unknown letters stay as they are. */
export function formatDate(ms: number, format: string): string {
  const date = new Date(ms)
  return format.replace(
    /%:z|%([-_0]?)(\d*)([A-Za-z%])/g,
    (whole: string, flag: string, width: string, letter: string) => {
      if (whole === '%:z') return '+00:00'
      const compound = COMPOUND.get(letter)
      const text = compound === undefined ? FORMATTERS.get(letter)?.(date) : formatDate(ms, compound)
      if (text === undefined) return whole
      if (letter === 'N' && width !== '') return text.slice(0, Number(width))
      if (flag === '-') return text.replace(/^[0 ]+(?=.)/, '')
      return flag === '_' ? text.replace(/^0+(?=.)/, (zeros) => ' '.repeat(zeros.length)) : text
    },
  )
}
