'use client'
import { useTranslations } from 'next-intl'
import { Icon } from '../ui/icons.tsx'
import { SheetGrip } from './sheet-grip.tsx'
import type { SheetTab } from './workspace-pane.tsx'

interface SheetBarProps {
  readonly tab: SheetTab
  readonly onTab: (tab: SheetTab) => void
  readonly collapsed: boolean
  readonly onCollapse: (collapsed: boolean) => void
}

/** The top edge of the small-screen sheet: a grip to drag, a tab for each half, and fold. */
export function SheetBar({ tab, onTab, collapsed, onCollapse }: SheetBarProps) {
  const t = useTranslations('workspace')
  const choose = (next: SheetTab) => {
    onTab(next)
    onCollapse(false)
  }
  return (
    <div className="sheet-bar relative h-12 items-stretch justify-between border-b border-line bg-surface pt-2">
      <SheetGrip onGrip={() => onCollapse(false)} />
      <div className="flex">
        {(['terminal', 'cluster'] as const).map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={tab === name && !collapsed}
            onClick={() => choose(name)}
            className="px-4 text-[0.9375rem] text-ink-soft aria-pressed:font-semibold aria-pressed:text-ink aria-pressed:shadow-[inset_0_-2px_0_var(--accent)]"
          >
            {t(name)}
          </button>
        ))}
      </div>
      <button
        type="button"
        aria-label={collapsed ? t('expand') : t('collapse')}
        aria-expanded={!collapsed}
        onClick={() => onCollapse(!collapsed)}
        className="grid w-12 place-items-center text-ink-soft"
      >
        <Icon name={collapsed ? 'up' : 'down'} />
      </button>
    </div>
  )
}
