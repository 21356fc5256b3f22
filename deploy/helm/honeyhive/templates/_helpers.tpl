{{- define "honeyhive.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 52 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 52 | trimSuffix "-" }}{{ end -}}
{{- end }}

{{- define "honeyhive.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "honeyhive.labels" -}}
{{ include "honeyhive.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "honeyhive.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}{{ .Values.serviceAccount.name | default (include "honeyhive.name" .) }}{{ else }}{{ .Values.serviceAccount.name | default "default" }}{{ end -}}
{{- end }}

{{/* The settings that name a file, each with its secret: one row of variable, file and reference. */}}
{{- define "honeyhive.secrets" -}}
- { variable: HH_CLICKHOUSE_URL_FILE, file: clickhouse-url, secret: {{ toJson .Values.stores.clickhouse.urlSecret }} }
- { variable: HH_CLICKHOUSE_PASSWORD_FILE, file: clickhouse-password, secret: {{ toJson .Values.stores.clickhouse.passwordSecret }} }
- { variable: HH_CLICKHOUSE_CA_FILE, file: clickhouse-ca, secret: {{ toJson .Values.stores.clickhouse.caSecret }} }
- { variable: HH_POSTGRES_URL_FILE, file: postgres-url, secret: {{ toJson .Values.stores.postgres.urlSecret }} }
- { variable: HH_SECRETS_KEY_FILE, file: secrets-key, secret: {{ toJson .Values.secretsKeySecret }} }
- { variable: HH_FIRST_KEY_FILE, file: first-key, secret: {{ toJson .Values.firstKeySecret }} }
{{- end }}
