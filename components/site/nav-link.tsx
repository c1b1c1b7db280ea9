'use client'
import type { ReactNode } from 'react'
import { Link, usePathname } from '../../i18n/navigation.ts'

/** A link of the main menu that knows whether its section is open. */
export function NavLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  const pathname = usePathname()
  const here = pathname === href ? 'page' : pathname.startsWith(`${href}/`) ? 'true' : undefined
  return (
    <Link
      href={href}
      aria-current={here}
      className={`rounded-lg px-1.5 py-1.5 text-[0.875rem] whitespace-nowrap sm:px-3 sm:text-[0.9375rem] ${
        here ? 'font-semibold text-ink' : 'text-ink-soft hover:text-ink'
      }`}
    >
      {children}
    </Link>
  )
}
