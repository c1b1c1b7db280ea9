import { describe, expect, it } from 'vitest'
import { nextRun, parseSchedule } from './schedule.ts'

const start = Date.UTC(2026, 10, 21, 9, 0, 30)
const next = (text: string, after = start, zone?: string) => {
  const at = nextRun(parseSchedule(text), after, zone)
  return at === undefined ? undefined : new Date(at).toISOString().slice(0, 16)
}

describe('schedules', () => {
  it.each([
    ['* * * * *', '2026-11-21T09:01'],
    ['*/15 * * * *', '2026-11-21T09:15'],
    ['0 4 * * *', '2026-11-22T04:00'],
    ['30 9 * * mon-fri', '2026-11-23T09:30'],
    ['0 0 1 jan ?', '2027-01-01T00:00'],
    ['0 12 13 * 5', '2026-11-27T12:00'],
    ['5,10-12 9 * * *', '2026-11-21T09:05'],
    ['@hourly', '2026-11-21T10:00'],
    ['@every 1h30m', '2026-11-21T10:30'],
    ['0 0 30 2 *', undefined],
  ])('%s is next due at %s', (text, expected) => {
    expect(next(text)).toBe(expected)
  })

  it('follow the clocks of their time zone, which skip an hour in spring', () => {
    expect(next('0 9 * * *', start, 'Asia/Seoul')).toBe('2026-11-22T00:00')
    expect(next('30 2 * * *', Date.UTC(2026, 2, 29), 'Europe/Berlin')).toBe('2026-03-30T00:30')
  })

  it.each([
    ['', 'empty spec string'],
    ['every minute', 'expected exactly 5 fields, found 2: [every minute]'],
    ['60 * * * *', 'end of range (60) above maximum (59): 60'],
    ['* * 0 * *', 'beginning of range (0) below minimum (1): 0'],
    ['5-1 * * * *', 'beginning of range (5) beyond end of range (1): 5-1'],
    ['*/0 * * * *', 'step of range should be a positive number: */0'],
    ['x * * * *', 'failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax'],
    ['1-2-3 * * * *', 'too many hyphens: 1-2-3'],
    ['*/2/3 * * * *', 'too many slashes: */2/3'],
    ['@often', 'unrecognized descriptor: @often'],
  ])('%j is refused', (text, message) => {
    expect(() => parseSchedule(text)).toThrow(message)
  })
})
