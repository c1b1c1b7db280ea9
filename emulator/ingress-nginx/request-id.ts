import { md5 } from '../controllers/md5.ts'

/** 32 hexadecimal digits, the same for the same request of the same controller. */
export const requestId = (host: string, number: number, at: number): string => md5(`${host} ${number} ${at}`)

/** An evenly spread number below `limit`. */
export const draw = (seed: string, limit: number): number =>
  Number.parseInt(md5(seed).slice(0, 8), 16) % Math.max(1, limit)
