/** Examples of workloads that the documentation's first pages begin with. */
import { example } from './example.ts'

const deployment = (name: string, replicas: number, image: string, label = 'nginx'): string => `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels:
    app: ${label}
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
      app: ${label}
  template:
    metadata:
      labels:
        app: ${label}
    spec:
      containers:
      - name: nginx
        image: ${image}
        ports:
        - containerPort: 80
`

const nginxApp = `
apiVersion: v1
kind: Service
metadata:
  name: my-nginx-svc
  labels:
    app: nginx
spec:
  type: LoadBalancer
  ports:
  - port: 80
  selector:
    app: nginx
---${deployment('my-nginx', 3, 'nginx:1.14.2')}`

const frontend = `
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: frontend
  labels:
    app: guestbook
    tier: frontend
spec:
  replicas: 3
  selector:
    matchLabels:
      tier: frontend
  template:
    metadata:
      labels:
        tier: frontend
    spec:
      containers:
      - name: php-redis
        image: us-docker.pkg.dev/google-samples/containers/gke/gb-frontend:v5
`

const phpApache = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: php-apache
spec:
  selector:
    matchLabels:
      run: php-apache
  template:
    metadata:
      labels:
        run: php-apache
    spec:
      containers:
      - name: php-apache
        image: registry.k8s.io/hpa-example
        ports:
        - containerPort: 80
        resources:
          limits:
            cpu: 500m
          requests:
            cpu: 200m
---
apiVersion: v1
kind: Service
metadata:
  name: php-apache
  labels:
    run: php-apache
spec:
  ports:
  - port: 80
  selector:
    run: php-apache
`

export const deploymentExamples = [
  example('application/deployment.yaml', deployment('nginx-deployment', 2, 'nginx:1.14.2')),
  example('application/deployment-update.yaml', deployment('nginx-deployment', 2, 'nginx:1.16.1')),
  example('application/deployment-scale.yaml', deployment('nginx-deployment', 4, 'nginx:1.16.1')),
  example('application/simple_deployment.yaml', deployment('nginx-deployment', 1, 'nginx:1.14.2')),
  example('application/nginx-app.yaml', nginxApp),
  example('application/php-apache.yaml', phpApache),
  example('controllers/nginx-deployment.yaml', deployment('nginx-deployment', 3, 'nginx:1.14.2')),
  example('controllers/frontend.yaml', frontend),
]
