import { useTranslations } from 'next-intl'

/** Each type holds the one before it: ClusterIP in NodePort in LoadBalancer. */
export function ServiceTypes() {
  const t = useTranslations('serviceTypes')
  const head = 'flex flex-wrap items-baseline gap-x-3 gap-y-0.5'
  const name = 'font-semibold'
  const note = 'text-sm text-ink-soft'
  return (
    <figure className="my-7 leading-6" aria-label={t('label')}>
      <div className="rounded-xl border border-line-strong bg-surface p-4">
        <p className={head}>
          <span className={name}>LoadBalancer</span>
          <span className={note}>{t('loadBalancer')}</span>
        </p>
        <div className="mt-3 rounded-xl border border-line-strong bg-raised p-4">
          <p className={head}>
            <span className={name}>NodePort</span>
            <span className={note}>{t('nodePort')}</span>
          </p>
          <div className="mt-3 rounded-xl border-2 border-accent bg-accent-wash p-4">
            <p className={head}>
              <span className={name}>ClusterIP</span>
              <span className={note}>{t('clusterIP')}</span>
            </p>
          </div>
        </div>
      </div>
    </figure>
  )
}
