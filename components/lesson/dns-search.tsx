import { useTranslations } from 'next-intl'
import { Icon, type IconName } from '../ui/icons.tsx'
import { Diagram } from './diagram.tsx'
import { type NameQuery, queriesFor } from './dns-names.ts'

interface DnsSearchProps {
  readonly caption: string
  /** What the program asks for. */
  readonly name: string
  /** The namespace of the Pod in which it runs. */
  readonly namespace: string
  /** The one full name that exists. */
  readonly existing: string
}

const looks: Record<NameQuery['outcome'], { readonly icon: IconName; readonly tone: string }> = {
  none: { icon: 'cross', tone: 'text-bad' },
  found: { icon: 'check', tone: 'text-good' },
  'not asked': { icon: 'dot', tone: 'text-ink-soft' },
}

/** How a name becomes a full one: each ending of the search list in turn, until one is found. */
export function DnsSearch({ caption, name, namespace, existing }: DnsSearchProps) {
  const t = useTranslations('diagram')
  const words = { none: t('noSuchName'), found: t('found'), 'not asked': t('notAsked') }
  return (
    <Diagram caption={caption}>
      <p className="text-sm">
        {t('asksFor', { namespace })} <code className="font-semibold">{name}</code>
      </p>
      <ol className="mt-2 flex flex-col gap-1.5">
        {queriesFor(name, namespace, existing).map((query, i) => (
          <li
            key={query.name}
            className={`flex flex-wrap items-center gap-x-3 rounded-lg border px-3 py-1.5 ${query.outcome === 'found' ? 'border-good bg-good-wash' : query.outcome === 'none' ? 'border-line-strong bg-raised' : 'border-dashed border-line-strong'}`}
          >
            <span className="w-4 text-sm text-ink-soft">{i + 1}</span>
            <span
              className={`min-w-0 font-mono text-[0.8125rem] [overflow-wrap:anywhere] ${query.outcome === 'not asked' ? 'text-ink-soft' : ''}`}
            >
              <Name full={query.name} asked={name.replace(/\.$/, '')} />
            </span>
            <span className={`ml-auto flex items-center gap-1 text-sm font-medium ${looks[query.outcome].tone}`}>
              <Icon name={looks[query.outcome].icon} className="size-3.5" strokeWidth="2" />
              {words[query.outcome]}
            </span>
          </li>
        ))}
      </ol>
    </Diagram>
  )
}

/** What the program wrote stands out; the ending was added by the resolver. */
function Name({ full, asked }: { readonly full: string; readonly asked: string }) {
  return (
    <>
      <span className="font-semibold">{asked}</span>
      {full.slice(asked.length)}
    </>
  )
}
