/** Names under which a registry hands out what stands elsewhere: the whole name, or its beginning up to a slash. */
const MIRRORS: readonly (readonly [from: string, to: string])[] = [
  // The old registry of Kubernetes sends every request on to the new one (kubernetes.io: k8s.gcr.io redirect, 2023).
  ['k8s.gcr.io/', 'registry.k8s.io/'],
  ['gcr.io/google_containers/', 'registry.k8s.io/'],
  ['gcr.io/google-containers/', 'registry.k8s.io/'],
  ['gcr.io/kubernetes-e2e-test-images/', 'registry.k8s.io/e2e-test-images/'],
  ['gcr.io/google_samples/', 'gcr.io/google-samples/'],
  ['us-docker.pkg.dev/google-samples/containers/gke/', 'gcr.io/google-samples/'],
  ['public.ecr.aws/docker/library/', 'docker.io/library/'],
  ['mirror.gcr.io/library/', 'docker.io/library/'],
  ['mirror.gcr.io/', 'docker.io/'],
  ['registry.k8s.io/busybox', 'docker.io/library/busybox'],
  ['registry.k8s.io/e2e-test-images/busybox', 'docker.io/library/busybox'],
  ['registry.k8s.io/e2e-test-images/httpd', 'docker.io/library/httpd'],
  ['registry.k8s.io/e2e-test-images/redis', 'docker.io/library/redis'],
  ['registry.k8s.io/e2e-test-images/pause', 'registry.k8s.io/pause'],
  ['docker.io/containous/whoami', 'docker.io/traefik/whoami'],
  ['docker.io/kubernetes/pause', 'registry.k8s.io/pause'],
  ['gcr.io/google-samples/gb-redis-follower', 'docker.io/library/redis'],
  ['docker.io/bitnamilegacy/', 'docker.io/bitnami/'],
  ['quay.io/curl/curl', 'docker.io/curlimages/curl'],
]

/** The name that a mirrored repository has at its source; undefined if it is no mirror's. */
export function mirrored(repository: string): string | undefined {
  for (const [from, to] of MIRRORS) {
    if (from === repository) return to
    if (from.endsWith('/') && repository.startsWith(from)) return to + repository.slice(from.length)
  }
  return undefined
}
