import { labelsOf, NAMESPACE, type Release, roleObjects } from './ingress-nginx-controller.ts'

const NAME = 'ingress-nginx-admission'
const SERVICE = 'ingress-nginx-controller-admission'

/** The controller's webhook: who makes its certificate, and what asks it. */
export function admissionObjects(release: Release): readonly object[] {
  const labels = labelsOf(release, 'admission-webhook')
  return [
    {
      apiVersion: 'v1',
      automountServiceAccountToken: true,
      kind: 'ServiceAccount',
      metadata: { labels, name: NAME, namespace: NAMESPACE },
    },
    ...roleObjects('Role', NAME, labels, [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'create'] }]),
    ...roleObjects('ClusterRole', NAME, labels, [
      {
        apiGroups: ['admissionregistration.k8s.io'],
        resources: ['validatingwebhookconfigurations'],
        verbs: ['get', 'update'],
      },
    ]),
    job(release, 'create', [
      'create',
      `--host=${SERVICE},${SERVICE}.$(POD_NAMESPACE).svc`,
      '--namespace=$(POD_NAMESPACE)',
      `--secret-name=${NAME}`,
    ]),
    job(release, 'patch', [
      'patch',
      `--webhook-name=${NAME}`,
      '--namespace=$(POD_NAMESPACE)',
      '--patch-mutating=false',
      `--secret-name=${NAME}`,
      '--patch-failure-policy=Fail',
    ]),
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { labels, name: NAME },
      webhooks: [
        {
          admissionReviewVersions: ['v1'],
          clientConfig: {
            service: { name: SERVICE, namespace: NAMESPACE, path: '/networking/v1/ingresses', port: 443 },
          },
          failurePolicy: 'Fail',
          matchPolicy: 'Equivalent',
          name: 'validate.nginx.ingress.kubernetes.io',
          rules: [
            {
              apiGroups: ['networking.k8s.io'],
              apiVersions: ['v1'],
              operations: ['CREATE', 'UPDATE'],
              resources: ['ingresses'],
            },
          ],
          sideEffects: 'None',
        },
      ],
    },
  ]
}

function job(release: Release, name: string, args: readonly string[]): object {
  const labels = labelsOf(release, 'admission-webhook')
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { labels, name: `${NAME}-${name}`, namespace: NAMESPACE },
    spec: {
      template: {
        metadata: { labels, name: `${NAME}-${name}` },
        spec: {
          automountServiceAccountToken: true,
          containers: [
            {
              args,
              env: [{ name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } }],
              image: 'registry.k8s.io/ingress-nginx/kube-webhook-certgen:v1.6.4',
              imagePullPolicy: 'IfNotPresent',
              name,
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { drop: ['ALL'] },
                readOnlyRootFilesystem: true,
                runAsGroup: 65532,
                runAsNonRoot: true,
                runAsUser: 65532,
                seccompProfile: { type: 'RuntimeDefault' },
              },
            },
          ],
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          restartPolicy: 'OnFailure',
          serviceAccountName: NAME,
        },
      },
      // Before 1.12 finished Jobs stayed.
      ...(Number(release.version.split('.')[1]) >= 12 && { ttlSecondsAfterFinished: 0 }),
    },
  }
}
