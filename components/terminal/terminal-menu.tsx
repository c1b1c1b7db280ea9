'use client'
import { Menu } from '@base-ui/react/menu'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { Icon, type IconName } from '../ui/icons.tsx'
import { showShortcutsEvent } from '../workspace/page-events.ts'

const dialogs = {
  checkpoints: lazy(() => import('../workspace/checkpoints-dialog.tsx')),
  share: lazy(() => import('../workspace/share-dialog.tsx')),
  kubeconfig: lazy(() => import('./kubeconfig-dialog.tsx')),
  reset: lazy(() => import('../workspace/reset-dialog.tsx')),
}
type Asked = keyof typeof dialogs

const ITEMS = [
  ['checkpoints', 'flag'],
  ['share', 'link'],
  ['kubeconfig', 'download'],
  ['shortcuts', 'keyboard'],
  ['reset', 'restart'],
] as const satisfies readonly (readonly [Asked | 'shortcuts', IconName])[]

export function TerminalMenu() {
  const t = useTranslations('terminal')
  const [asked, setAsked] = useState<Asked>()
  const Asking = asked && dialogs[asked]
  const choose = (name: (typeof ITEMS)[number][0]) => {
    if (name === 'shortcuts') window.dispatchEvent(new Event(showShortcutsEvent))
    else setAsked(name)
  }
  return (
    <>
      <Menu.Root modal={false}>
        <Menu.Trigger
          aria-label={t('menu')}
          className="grid size-8 place-items-center rounded-md text-ink-soft hover:bg-surface hover:text-ink"
        >
          <Icon name="menu" />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner align="end" sideOffset={4} className="z-50">
            <Menu.Popup className="settle-in min-w-56 rounded-lg border border-line bg-raised p-1 text-ink shadow-lg">
              {ITEMS.map(([name, icon]) => (
                <Menu.Item
                  key={name}
                  onClick={() => choose(name)}
                  className="flex min-h-10 cursor-pointer items-center gap-2.5 rounded-md px-3 text-[0.9375rem] outline-none data-highlighted:bg-surface"
                >
                  <Icon name={icon} /> {t(name)}
                </Menu.Item>
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <Suspense>{Asking && <Asking onClose={() => setAsked(undefined)} />}</Suspense>
    </>
  )
}
