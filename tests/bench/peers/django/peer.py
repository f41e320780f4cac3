# SPDX-License-Identifier: EUPL-1.2
"""Read one inburgeraar in Django REST Framework: settings, model, serializer and view in one file."""
import base64
import hashlib
import json
import os
import re
import time

import redis
from django.conf import settings

settings.configure(
    SECRET_KEY="of nothing: no sessions, no forms",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF="peer",
    USE_TZ=True,
    MIDDLEWARE=[],
    INSTALLED_APPS=["rest_framework"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": os.environ["PEER_PG"],
            "NAME": "regie",
            "USER": "regie_intake",
            "CONN_MAX_AGE": None,
            "OPTIONS": {"options": "-c search_path=intake,core"},
        }
    },
    REST_FRAMEWORK={
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "UNAUTHENTICATED_USER": None,
    },
)

import django  # noqa: E402

django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from django.urls import path  # noqa: E402
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt  # noqa: E402
from rest_framework import serializers  # noqa: E402
from rest_framework.authentication import BaseAuthentication  # noqa: E402
from rest_framework.exceptions import AuthenticationFailed  # noqa: E402
from rest_framework.generics import RetrieveAPIView  # noqa: E402
from rest_framework.permissions import BasePermission  # noqa: E402

IDLE = 28800
MAY = {"regisseur", "teamleider", "handhaver", "inburgeraar"}
REDIS = redis.Redis(unix_socket_path=os.environ["PEER_REDIS"])
with open(os.environ["PEER_KEYS"], encoding="ascii") as keys:
    KEY = bytes.fromhex(re.search(r"^bsn ([0-9a-f]{64})", keys.read(), re.M)[1])


class Medewerker(models.Model):
    id = models.UUIDField(primary_key=True)
    naam = models.TextField()

    class Meta:
        app_label = "peer"
        db_table = "medewerker"
        managed = False


class Inburgeraar(models.Model):
    id = models.UUIDField(primary_key=True)
    gemeente = models.TextField()
    bsn_enc = models.TextField()
    v_nummer = models.TextField(null=True)
    voornamen = models.TextField(null=True)
    achternaam = models.TextField(null=True)
    naam = models.TextField(null=True)
    geboortedatum = models.DateField(null=True)
    doelgroep = models.TextField()
    taal = models.TextField(null=True)
    telefoon = models.TextField(null=True)
    email = models.TextField(null=True)
    regisseur = models.ForeignKey(Medewerker, null=True, on_delete=models.DO_NOTHING)
    fase = models.TextField()
    leerroute = models.TextField(null=True)
    datum_kennisgeving = models.DateField(null=True)
    datum_inschrijving_brp = models.DateField(null=True)
    pip_uiterlijk = models.DateField(null=True)
    intake_afgerond_op = models.DateField(null=True)
    intake_wijze = models.TextField(null=True)
    pip_dagtekening = models.DateField(null=True)
    termijn_einde = models.DateField(null=True)
    plicht_einde = models.DateField(null=True)
    versie = models.IntegerField()

    class Meta:
        app_label = "peer"
        db_table = "inburgeraar"
        managed = False


class InburgeraarSerializer(serializers.ModelSerializer):
    bsnMasker = serializers.SerializerMethodField()
    vNummer = serializers.CharField(source="v_nummer")
    regisseurId = serializers.UUIDField(source="regisseur_id")
    regisseurNaam = serializers.CharField(source="regisseur.naam", default=None)
    datumKennisgeving = serializers.DateField(source="datum_kennisgeving")
    datumInschrijvingBrp = serializers.DateField(source="datum_inschrijving_brp")
    pipUiterlijk = serializers.DateField(source="pip_uiterlijk")
    intakeAfgerondOp = serializers.DateField(source="intake_afgerond_op")
    intakeWijze = serializers.CharField(source="intake_wijze")
    pipDagtekening = serializers.DateField(source="pip_dagtekening")
    termijnEinde = serializers.DateField(source="termijn_einde")
    plichtEinde = serializers.DateField(source="plicht_einde")

    class Meta:
        model = Inburgeraar
        fields = [
            "id", "gemeente", "bsnMasker", "vNummer", "voornamen", "achternaam", "naam", "geboortedatum", "doelgroep",
            "taal", "telefoon", "email", "regisseurId", "regisseurNaam", "fase", "leerroute", "datumKennisgeving",
            "datumInschrijvingBrp", "pipUiterlijk", "intakeAfgerondOp", "intakeWijze", "pipDagtekening",
            "termijnEinde", "plichtEinde", "versie",
        ]

    def get_bsnMasker(self, person):
        raw = base64.b64decode(person.bsn_enc[3:])
        bsn = crypto_aead_xchacha20poly1305_ietf_decrypt(raw[24:], b"v1:", raw[:24], KEY)
        return "*****" + bsn[5:].decode()

    def to_representation(self, instance):
        return {k: v for k, v in super().to_representation(instance).items() if v is not None}


class Session(BaseAuthentication):
    def authenticate(self, request):
        token = request.META.get("HTTP_AUTHORIZATION", "")[7:]
        text = REDIS.getex("sessie:" + hashlib.sha256(token.encode()).hexdigest(), ex=IDLE)
        session = json.loads(text) if text else None
        if not session or session["tot"] <= time.time():
            raise AuthenticationFailed()
        return session, None

    def authenticate_header(self, request):
        return "Bearer"


class MayRead(BasePermission):
    def has_permission(self, request, view):
        return bool(MAY.intersection(request.user["rollen"]))


class Read(RetrieveAPIView):
    authentication_classes = [Session]
    permission_classes = [MayRead]
    serializer_class = InburgeraarSerializer
    queryset = Inburgeraar.objects.select_related("regisseur")

    @transaction.atomic
    def retrieve(self, request, *args, **kwargs):
        who = request.user
        with connection.cursor() as cursor:
            cursor.execute(
                "select set_config('regie.gemeenten', %s, true), set_config('regie.gebruiker', %s, true),"
                " set_config('regie.inburgeraar', %s, true), set_config('regie.trace', %s, true)",
                [who.get("gemeenten", ""), who["gebruiker"], who.get("inburgeraar", ""), os.urandom(16).hex()],
            )
        return super().retrieve(request, *args, **kwargs)


urlpatterns = [path("inburgeraars/<uuid:pk>", Read.as_view())]
application = get_wsgi_application()
