'use client'
import { Menu } from '@base-ui/react/menu'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Icon } from '../ui/icons.tsx'
import { showShortcutsEvent } from '../workspace/page-events.ts'
import { ResetDialog } from '../workspace/reset-dialog.tsx'
import { KubeconfigDialog } from './kubeconfig-dialog.tsx'

const item =
  'flex min-h-10 cursor-pointer items-center gap-2.5 rounded-md px-3 text-[0.9375rem] outline-none data-highlighted:bg-surface'

export function TerminalMenu() {
  const t = useTranslations('terminal')
  const [connecting, setConnecting] = useState(false)
  const [resetting, setResetting] = useState(false)
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
              <Menu.Item className={item} onClick={() => setConnecting(true)}>
                <Icon name="download" /> {t('kubeconfig')}
              </Menu.Item>
              <Menu.Item className={item} onClick={() => window.dispatchEvent(new Event(showShortcutsEvent))}>
                <Icon name="keyboard" /> {t('shortcuts')}
              </Menu.Item>
              <Menu.Item className={item} onClick={() => setResetting(true)}>
                <Icon name="restart" /> {t('reset')}
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      {connecting && <KubeconfigDialog onClose={() => setConnecting(false)} />}
      {resetting && <ResetDialog onClose={() => setResetting(false)} />}
    </>
  )
}
