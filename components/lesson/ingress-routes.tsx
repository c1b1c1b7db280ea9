import { useTranslations } from 'next-intl'
import { KindIcon } from '../topology/kind-icon.tsx'
import { Icon } from '../ui/icons.tsx'
import { Arrow, Diagram } from './diagram.tsx'

interface Route {
  readonly path: string
  readonly service: string
  /** What stands behind the Service; nothing behind it makes the controller answer 503. */
  readonly behind?: string
}

interface IngressRoutesProps {
  readonly caption: string
  /** What the visitor types before the path. */
  readonly entrance: string
  readonly controller: string
  readonly routes: readonly Route[]
}

/** One entrance, and the rule by which each request goes on: path, Service, Pods. */
export function IngressRoutes({ caption, entrance, controller, routes }: IngressRoutesProps) {
  const t = useTranslations('diagram')
  const box = 'flex min-w-0 flex-1 items-center gap-2 rounded-lg border bg-raised px-3 py-2'
  return (
    <Diagram caption={caption}>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-lg border border-accent bg-accent-wash px-3 py-2.5">
        <KindIcon kind="ingress" className="size-5 text-accent" />
        <span className="font-semibold">{controller}</span>
        <code>{entrance}</code>
      </p>
      <ul className="mt-3 flex flex-col gap-4 @lg:gap-2">
        {routes.map(({ path, service, behind }) => (
          <li key={path} className="flex flex-col @lg:flex-row @lg:items-center">
            <span className={`${box} border-line-strong @lg:max-w-40`}>
              <code className="text-[0.8125rem] [overflow-wrap:normal]">{path}</code>
            </span>
            <Arrow />
            <span className={`${box} border-line-strong`}>
              <KindIcon kind="service" className="size-5 text-accent" />
              <span className="min-w-0 text-sm font-semibold [overflow-wrap:anywhere]">{service}</span>
            </span>
            <Arrow />
            {behind ? (
              <span className={`${box} border-line-strong`}>
                <KindIcon kind="pod" className="size-5 text-accent" />
                <span className="min-w-0 text-sm [overflow-wrap:anywhere]">{behind}</span>
              </span>
            ) : (
              <span className={`${box} border-dashed border-bad bg-bad-wash! text-sm font-medium text-bad`}>
                <Icon name="cross" className="size-3.5" strokeWidth="2" />
                {t('nobody')}
              </span>
            )}
          </li>
        ))}
      </ul>
    </Diagram>
  )
}
