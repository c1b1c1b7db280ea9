'use client'
import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icons.tsx'

/** Opens the browser's print dialog; not shown where scripts do not run, since it could do nothing there. */
export function PrintButton({ children }: { readonly children: ReactNode }) {
  return (
    <Button className="needs-script" onClick={() => window.print()}>
      <Icon name="print" />
      {children}
    </Button>
  )
}
