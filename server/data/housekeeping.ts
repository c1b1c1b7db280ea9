import { BUDGETS } from '../clusters/budgets.ts'
import { database } from './database.ts'

const DAY_MS = 24 * 3_600_000

/** Deletes what nobody can open any more: expired links, and steps of workspaces in which long nothing happened. */
export async function forgetExpired(now: Date = new Date()): Promise<void> {
  const untouchedSince = new Date(now.getTime() - BUDGETS.stepDays * DAY_MS)
  await database().$transaction([
    database().sharedState.deleteMany({ where: { expiresAt: { lt: now } } }),
    database().step.deleteMany({ where: { cluster: { updatedAt: { lt: untouchedSince } } } }),
  ])
}

/** Does so now and once a day; a failure is logged and tried again the next day. Returns how to stop. */
export function keepHouse(): () => void {
  const tidy = () => void forgetExpired().catch((error) => console.error('Old states could not be deleted:', error))
  tidy()
  const timer = setInterval(tidy, DAY_MS).unref()
  return () => clearInterval(timer)
}
