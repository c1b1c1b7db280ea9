import { useTranslations } from 'next-intl'
import { shortcutGroups } from './shortcut-keys.ts'

/** Every shortcut by its place, under headings of a level. */
export function ShortcutList({ level: Heading }: { readonly level: 'h2' | 'h3' }) {
  const t = useTranslations('shortcuts')
  return shortcutGroups.map(({ place, keys }) => (
    <section key={place} aria-labelledby={`keys-${place}`} className="mt-5">
      <Heading id={`keys-${place}`} className="text-sm font-semibold text-ink-soft">
        {t(place)}
      </Heading>
      <dl className="mt-1 divide-y divide-line">
        {keys.map((entry) => (
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
  ))
}
