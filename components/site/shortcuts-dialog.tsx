'use client'
import { useTranslations } from 'next-intl'
import { Dialog } from '../ui/dialog.tsx'
import { shortcutGroups } from './shortcut-keys.ts'

export default function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('shortcuts')
  return (
    <Dialog open onClose={onClose} title={t('title')} wide>
      <p className="text-ink-soft">{t('intro')}</p>
      {shortcutGroups.map((group) => (
        <section key={group.place} className="mt-5">
          <h3 className="text-sm font-semibold text-ink-soft">{t(group.place)}</h3>
          <dl className="mt-1 divide-y divide-line">
            {group.keys.map((entry) => (
              <div key={entry.label} className="flex items-center justify-between gap-4 py-1.5">
                <dt>{t(entry.label)}</dt>
                <dd className="flex shrink-0 gap-1.5">
                  {entry.keys.map((key) => (
                    <kbd key={key} className="key">
                      {key}
                    </kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  )
}
