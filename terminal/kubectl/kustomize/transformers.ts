/** What a kustomization changes in the objects it collects: namespace, names, labels, annotations, replicas, images. */
import { KubectlError } from '../errors.ts'
import { ANNOTATIONS, changeAt, type FieldSpec, METADATA_LABELS, SELECTORS, TEMPLATE_LABELS } from './field-paths.ts'
import { setImages } from './images.ts'
import type { Resource } from './resource.ts'
import { isMapping, type Mapping, mappingOf, mappingsOf, textOf } from './values.ts'

/** In kustomize's order (upstream: target/kusttarget_configplugin.go). Throws KubectlError. */
export function transform(resources: readonly Resource[], kustomization: Mapping): void {
  setNamespace(resources, textOf(kustomization.namespace))
  setNames(resources, textOf(kustomization.namePrefix), textOf(kustomization.nameSuffix))
  setLabels(resources, kustomization)
  for (const resource of resources) add(resource, ANNOTATIONS, mappingOf(kustomization.commonAnnotations))
  setReplicas(resources, kustomization)
  setImages(resources, mappingsOf(kustomization.images))
}

function setNamespace(resources: readonly Resource[], namespace: string): void {
  if (namespace === '') return
  for (const resource of resources) {
    if (resource.kind === 'Namespace') resource.rename(namespace)
    else if (!resource.clusterScoped) resource.move(namespace)
    if (resource.kind.endsWith('RoleBinding')) moveDefaultAccount(resource, namespace)
  }
}

/** The service account `default` of a binding moves along (upstream: setRoleBindingSubjects defaultOnly). */
function moveDefaultAccount(resource: Resource, namespace: string): void {
  const { subjects } = resource.object
  if (!Array.isArray(subjects)) return
  const moved = subjects.map((subject) =>
    isMapping(subject) && subject.kind === 'ServiceAccount' && subject.name === 'default'
      ? { ...subject, namespace }
      : subject,
  )
  resource.object = { ...resource.object, subjects: moved }
}

const UNNAMED_KINDS = ['CustomResourceDefinition', 'APIService', 'Namespace']

function setNames(resources: readonly Resource[], prefix: string, suffix: string): void {
  if (prefix === '' && suffix === '') return
  for (const resource of resources)
    if (!UNNAMED_KINDS.includes(resource.kind)) resource.rename(`${prefix}${resource.name}${suffix}`)
}

function setLabels(resources: readonly Resource[], kustomization: Mapping): void {
  const everywhere = [...METADATA_LABELS, ...TEMPLATE_LABELS, ...SELECTORS]
  const common = mappingOf(kustomization.commonLabels)
  for (const resource of resources) {
    for (const rule of mappingsOf(kustomization.labels)) {
      const specs = [
        ...METADATA_LABELS,
        ...(rule.includeSelectors === true || rule.includeTemplates === true ? TEMPLATE_LABELS : []),
        ...(rule.includeSelectors === true ? SELECTORS : []),
        ...mappingsOf(rule.fields).map(ownSpec),
      ]
      add(resource, specs, mappingOf(rule.pairs))
    }
    add(resource, everywhere, common)
  }
}

const ownSpec = ({ path, kind, create }: Mapping): FieldSpec => ({
  path: textOf(path),
  ...(kind !== undefined && { kinds: [textOf(kind)] }),
  create: create === true,
})

function add(resource: Resource, specs: readonly FieldSpec[], pairs: Mapping): void {
  if (Object.keys(pairs).length === 0) return
  const texts = Object.fromEntries(Object.entries(pairs).map(([key, value]) => [key, textOf(value)]))
  for (const spec of specs) {
    if (spec.kinds && !spec.kinds.includes(resource.kind)) continue
    // Upstream makes a claim's labels only where there are claims.
    resource.object = changeAt(resource.object, spec, (old) => ({ ...mappingOf(old), ...texts }))
  }
}

const SCALED_KINDS = ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController']

function setReplicas(resources: readonly Resource[], kustomization: Mapping): void {
  for (const { name, count } of mappingsOf(kustomization.replicas)) {
    const found = resources.filter((one) => SCALED_KINDS.includes(one.kind) && one.names.includes(textOf(name)))
    if (found.length === 0)
      throw new KubectlError(
        `resource with name ${textOf(name)} does not match a config with the following GVK [${SCALED_KINDS.map((kind) => `${kind}.[noVer].[noGrp]`).join(' ')}]`,
      )
    for (const resource of found)
      resource.object = changeAt(resource.object, { path: 'spec/replicas', create: true }, () => count ?? 0)
  }
}
