/** How actions refuse: Next answers 404, the one refusal that it gives an action; anything thrown else is a 500. */
import { notFound } from 'next/navigation'
import type { z } from 'zod'

/** What a page sent, if it is what `schema` says. */
export function accept<T>(schema: z.ZodType<T>, given: unknown): T {
  const parsed = schema.safeParse(given)
  return parsed.success ? parsed.data : notFound()
}

/** The one of `known` that a page named. */
export function oneOf(known: readonly string[], given: unknown): string {
  return known.find((one) => one === given) ?? notFound()
}

/** What `work` gives; too much asked at once is a refusal. */
export async function unlessTooMuch<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    // By its code: server and pages have copies of their own of the class.
    if (error instanceof Error && 'code' in error && error.code === 'overloaded') notFound()
    throw error
  }
}
