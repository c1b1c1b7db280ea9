import type { ComponentProps } from 'react'
import { Link } from '../../i18n/navigation.ts'

/** A link in a text. One to a page of this site keeps the reader's language; others are left as they are. */
export function TextLink({ href = '', ...rest }: ComponentProps<'a'>) {
  return href.startsWith('/') ? <Link href={href} {...rest} /> : <a href={href} {...rest} />
}
