import 'server-only'
import { type DomainId, examDomains } from '@/curriculum/domains.ts'
import type { Locale } from '@/i18n/routing.ts'

/** Exam domains as cards show them, CKA's first: `CKA 문제 해결`. */
export function domainLabels(domains: readonly DomainId[], locale: Locale): readonly string[] {
  return examDomains.filter(({ id }) => domains.includes(id)).map(({ exam, name }) => `${exam} ${name[locale]}`)
}
