import { useTranslations } from 'next-intl'
import { KindIcon } from '../topology/kind-icon.tsx'
import { Icon } from '../ui/icons.tsx'
import { Diagram } from './diagram.tsx'

type Labels = Readonly<Record<string, string>>

interface SelectorMatchProps {
  readonly caption: string
  readonly service: string
  readonly selector: Labels
  readonly pods: readonly { readonly name: string; readonly labels: Labels }[]
}

/** A Service's selector beside the labels of Pods: which pairs match, which do not, and so which Pods it finds. */
export function SelectorMatch({ caption, service, selector, pods }: SelectorMatchProps) {
  const t = useTranslations('diagram')
  return (
    <Diagram caption={caption}>
      <p className="flex flex-wrap items-center gap-2 rounded-lg border border-accent bg-accent-wash px-3 py-2.5">
        <KindIcon kind="service" className="size-5 text-accent" />
        <span className="font-semibold">{service}</span>
        <span className="text-sm text-ink-soft">selector</span>
        {Object.entries(selector).map(([key, value]) => (
          <code key={key} className="text-accent">{`${key}=${value}`}</code>
        ))}
      </p>
      <ul className="mt-2 flex flex-col gap-2">
        {pods.map(({ name, labels }) => {
          const found = Object.entries(selector).every(([key, value]) => labels[key] === value)
          return (
            <li
              key={name}
              className={`flex flex-wrap items-center gap-x-3 gap-y-1.5 rounded-lg border bg-raised px-3 py-2.5 ${found ? 'border-good' : 'border-dashed border-line-strong'}`}
            >
              <span className="flex items-center gap-2 font-semibold">
                <KindIcon kind="pod" className={`size-5 ${found ? 'text-good' : 'text-ink-soft'}`} />
                {name}
              </span>
              <LabelPairs labels={labels} selector={selector} />
              <span className={`ml-auto text-sm font-medium ${found ? 'text-good' : 'text-ink-soft'}`}>
                {found ? t('selected') : t('notSelected')}
              </span>
            </li>
          )
        })}
      </ul>
    </Diagram>
  )
}

/** The Pod's labels, then the keys that the selector asks for and the Pod lacks. */
function LabelPairs({ labels, selector }: { readonly labels: Labels; readonly selector: Labels }) {
  const t = useTranslations('diagram')
  const missing = Object.keys(selector).filter((key) => !(key in labels))
  return (
    <span className="order-last flex basis-full flex-wrap gap-1.5 @lg:order-none @lg:basis-auto">
      {Object.entries(labels).map(([key, value]) => {
        const asked = key in selector
        const equal = selector[key] === value
        return (
          <span key={key} className={`inline-flex items-center gap-1 ${asked && !equal ? 'text-bad' : ''}`}>
            <code>{`${key}=${value}`}</code>
            {asked && (
              <Icon
                name={equal ? 'check' : 'cross'}
                className={`size-3.5 ${equal ? 'text-good' : 'text-bad'}`}
                strokeWidth="2"
              />
            )}
          </span>
        )
      })}
      {missing.map((key) => (
        <span key={key} className="inline-flex items-center gap-1 text-bad">
          <code>{t('noLabel', { key })}</code>
          <Icon name="cross" className="size-3.5" strokeWidth="2" />
        </span>
      ))}
    </span>
  )
}
