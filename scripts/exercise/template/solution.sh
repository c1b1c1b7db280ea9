# ✎ the way that "expected" is computed from
kubectl expose deployment ${app} --port=80
