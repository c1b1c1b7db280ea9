import { cookies } from 'next/headers'
import { LEARNER_COOKIE, type Learner, learnerOf } from './session.ts'

export type { Learner }

/** The learner of the request that is being answered, for Server Components, actions and route handlers. */
export async function currentLearner(): Promise<Learner> {
  const learner = await learnerOf((await cookies()).get(LEARNER_COOKIE)?.value)
  if (!learner)
    throw new Error(`The request has no valid ${LEARNER_COOKIE} cookie: server/index.ts sets it on every request.`)
  return learner
}
