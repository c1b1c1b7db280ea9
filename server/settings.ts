import { resolve } from 'node:path'
import { StartError } from './start-error.ts'

/** What the environment decides; docs/operations.md describes every variable. */
export interface Settings {
  readonly port: number
  readonly host: string
  /** A PostgreSQL to use in place of the embedded one. */
  readonly databaseUrl: string | undefined
  /** Where the embedded database lives. */
  readonly dataDirectory: string
  /** Origins, beside the request's own host, that may open the terminal's WebSocket. */
  readonly allowedOrigins: readonly string[]
  /** Is the site behind a proxy that sets X-Forwarded-Proto and X-Forwarded-Host? */
  readonly trustProxy: boolean
  readonly dev: boolean
}

/** Reads the environment; a value that makes no sense is one clear sentence. */
export function readSettings(env: NodeJS.ProcessEnv, dev: boolean): Settings {
  return {
    port: portOf(env.PORT ?? '3000'),
    host: env.HOST ?? 'localhost',
    databaseUrl: databaseUrlOf(env.DATABASE_URL),
    dataDirectory: resolve(env.SLIPWAY_DATA ?? '.data'),
    allowedOrigins: (env.SLIPWAY_ORIGINS ?? '').split(/[\s,]+/).filter(Boolean),
    trustProxy: env.SLIPWAY_TRUST_PROXY === '1',
    dev,
  }
}

function portOf(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65535)
    throw new StartError(`PORT is ${JSON.stringify(text)}, but must be a number from 0 to 65535.`)
  return port
}

function databaseUrlOf(text: string | undefined): string | undefined {
  if (!text) return undefined
  if (!URL.canParse(text) || !/^postgres(ql)?:$/.test(new URL(text).protocol))
    throw new StartError('DATABASE_URL must look like postgresql://user:password@host:5432/database.')
  return text
}
