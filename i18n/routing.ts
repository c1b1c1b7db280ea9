import { defineRouting } from 'next-intl/routing'

/** `/ko/…` and `/en/…`; `/` goes by the remembered choice, then by Accept-Language, else Korean. */
export const routing = defineRouting({
  locales: ['ko', 'en'],
  defaultLocale: 'ko',
  localePrefix: 'always',
  localeCookie: { name: 'locale', maxAge: 60 * 60 * 24 * 365, sameSite: 'lax' },
})

export type Locale = (typeof routing.locales)[number]
