import { z } from 'zod'
import { find, QUERY_LENGTH } from '@/curriculum/search/find.ts'
import { routing } from '@/i18n/routing.ts'
import { currentLearner } from '@/server/data/learner.ts'
import { maySearch } from '@/server/data/search-allowance.ts'

const askedSchema = z.object({ q: z.string().max(QUERY_LENGTH), locale: z.enum(routing.locales) })

/** Passages that the search dialog shows at once. */
const SHOWN = 12

/** `GET /api/search?q=…&locale=ko`: passages for a query (`SearchAnswer`). 400 for a query that is none, 429 for too many. */
export async function GET(request: Request): Promise<Response> {
  const learner = await currentLearner()
  const asked = askedSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams))
  if (!asked.success) return Response.json({ error: 'This query cannot be searched for.' }, { status: 400 })
  if (!maySearch(learner)) return Response.json({ error: 'Too many searches.' }, { status: 429 })
  return Response.json(await find(asked.data.q, asked.data.locale, SHOWN), {
    headers: { 'cache-control': 'private, max-age=60' },
  })
}
