import { describe, expect, test } from 'vitest'
import { readSettings } from './settings.ts'
import { StartError } from './start-error.ts'

const env = (values: Record<string, string>): NodeJS.ProcessEnv => ({ NODE_ENV: 'test', ...values })

describe('settings', () => {
  test('nothing set: localhost:3000 and the embedded database', () => {
    const settings = readSettings(env({}), false)
    expect(settings).toMatchObject({ port: 3000, host: 'localhost', databaseUrl: undefined, allowedOrigins: [] })
    expect(settings.dataDirectory).toBe(`${process.cwd()}/.data`)
  })

  test.each([
    [{ PORT: 'web' }, 'PORT is "web", but must be a number from 0 to 65535.'],
    [{ PORT: '70000' }, 'PORT is "70000", but must be a number from 0 to 65535.'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must look like postgresql://user:password@host:5432/database.'],
    [{ DATABASE_URL: 'nonsense' }, 'DATABASE_URL must look like postgresql://user:password@host:5432/database.'],
  ])('%j is refused in one sentence', (values, sentence) => {
    expect(() => readSettings(env(values), false)).toThrow(new StartError(sentence))
  })
})
