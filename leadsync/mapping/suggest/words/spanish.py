"""Spanish headers."""

from leadsync.mapping.suggest.spec import Concept
from leadsync.mapping.suggest.words.model import Language, Part

_OTHER = """
Dirección; Dirección 1; Dirección 2; Domicilio; Dirección postal; Línea de dirección 1; Línea de dirección 2; Calle;
Número de calle; Dirección de facturación; Dirección de envío; Dirección de la empresa; Dirección del trabajo;
Dirección particular; Ciudad; Localidad; Población; Municipio; Código postal; C.P.; CP; Apartado postal; Apartado de
correos; Provincia; Estado; Estado/Provincia; Estado/región; Comunidad autónoma; Región; País; País/región; País o
región; Código de país; Idioma; Zona horaria; Ubicación; Lugar; Calle del trabajo; Calle del trabajo 2; Calle del
trabajo 3; Ciudad de trabajo; Código postal del trabajo; Provincia o estado de trabajo; País o región del trabajo;
Calle del domicilio; Ciudad del domicilio; País o región del domicilio; Otra calle; Otra ciudad; Otro código postal;
Otra provincia o estado; Otro país o región; Título; Tratamiento; Saludo; Cargo; Puesto; Puesto de trabajo; Rol;
Función; Departamento; Profesión; Ocupación; Sufijo; Prefijo; Iniciales; Segundo nombre; Apodo; Alias; Nombre de
soltera; Nombre para mostrar; Nombre de pantalla; Nombre de pantalla de correo electrónico; Nombre de pantalla de
correo electrónico 2; Nombre de pantalla de correo electrónico 3; Nombre de usuario; Contraseña; Cumpleaños; Fecha de
nacimiento; Lugar de nacimiento; Edad; Sexo; Género; Aniversario; Cónyuge; Pareja; Hijos; Nombre del director; Jefe;
Superior; Asistente; Nombre del asistente; Ayudante; Aficiones; Intereses; Estado civil; Foto; Imagen; Fax; Número de
fax; Fax del trabajo; Otro fax; Buscapersonas; Télex; RDSI; Devolución de llamada; Extensión; Número de teletipo;
Sitio web; Página web; Web; URL; URL del sitio web; Dominio; Enlace; LinkedIn; Facebook; Twitter; Instagram; Skype;
Redes sociales; Tipo de correo electrónico; Tipo de correo electrónico 2; Tipo de correo electrónico 3; Tipo de
correo; Estado del correo; Boletín; Boletín informativo; Suscrito; Suscripción; Baja; Dado de baja; Cancelación de
suscripción; Consentimiento; RGPD; Opt-in; Opt-out; No llamar; No contactar; No enviar correo; No permitir correo
electrónico; Estado del lead; Estado del cliente; Estado del contacto; Estado de contacto de marketing; Razón para el
estado; Etapa; Etapa del ciclo de vida; Ciclo de vida; Fase; Etapa de venta; Valoración; Clasificación; Puntuación;
Puntuación del lead; Prioridad; Importancia; Confidencialidad; Categoría; Categorías; Etiqueta; Etiquetas; Segmento;
Grupo; Grupos; Grupo de clientes; Lista; Tipo; Tipo de contacto; Tipo de cliente; Clase; Sector; Industria; Actividad;
Ramo; CNAE; Empleados; Número de empleados; Nombre de empleados; N.º de empleados; Cantidad de empleados; Plantilla;
Tamaño; Tamaño de la empresa; Ingresos; Ingresos anuales; Facturación; Facturación anual; Beneficio; Presupuesto;
Importe; Monto; Cantidad; Valor; Precio; Moneda; Divisa; Descuento; Probabilidad; Total; Número; N.º; Negocio;
Oportunidad; Oportunidad de venta; Producto; Productos; Factura; Número de factura; Pedido; Número de pedido;
Contrato; Oferta; Proyecto; Caso; Tarea; Cita; Reunión; Visita; Campaña; Campaña de origen; Detalles de la fuente;
Detalles del origen; Fuente más reciente; Última fuente; Fecha; Hora; Año; Mes; Creado; Creado el; Creado por; Fecha
de creación; Modificado; Modificado el; Modificado por; Fecha de modificación; Última modificación; Última
modificación por; Actualizado; Actualizado el; Última actualización; Última actividad; Fecha de última actividad;
Fecha de la última actividad; Último contacto; Fecha del último contacto; Última visita; Próxima actividad; Próximo
paso; Próximo contacto; Seguimiento; Fecha de seguimiento; Primer contacto; Fecha de cierre; Fecha de inicio; Fecha de
fin; Fecha de vencimiento; Vencimiento; Cliente desde; Activo; Inactivo; Eliminado; Convertido; Razón; Motivo; ID del
propietario; ID de propietario; Propietario de la empresa; Gerente; Director; Equipo; ID de la empresa; ID de empresa;
Empresa matriz; Empresa principal; Cuenta; Número de cuenta; IBAN; BIC; Banco; Condiciones de pago; Límite de crédito;
Mensaje; Asunto; Tema; Respuesta; Usuario 1; Usuario 2; Usuario 3; Usuario 4; Kilometraje; Firma (signature);
Referencia; Nuestra referencia; Su referencia; Archivo adjunto; Forma jurídica; Privado; Localizador; DNI; NIE;
Pasaporte
"""

SPANISH = Language(
    "es",
    "Spanish",
    {
        Concept.KEEN_ID: """ID de Keen; ID Keen; ID de lead de Keen; ID del lead en Keen; Identificador de Keen; ID
            de KeenPartner; ID del lead (Keen); ID lead Keen; Keen ID; ID en Keen""",
        Concept.KEEN_LEGACY_ID: """ID antiguo de Keen; Antiguo ID de Keen; ID de Keen (antiguo); ID anterior de
            Keen; ID heredado de Keen; ID legacy de Keen; ID Keen antiguo; Identificador antiguo de Keen""",
        Concept.EMAIL: """Correo; Correo electrónico; E-mail; Email; Mail; Dirección de correo electrónico;
            Dirección de correo; Dirección de e-mail; Correo principal; Correo electrónico principal; Correo del
            trabajo; Correo electrónico del trabajo; Correo profesional; Correo de trabajo; Correo electrónico
            profesional; Correo laboral; Correo personal; Correo electrónico personal; Correo particular; Correo del
            contacto; Correo electrónico del contacto; Email personal; Email de trabajo; Email profesional""",
        Concept.OTHER_EMAIL: """Dirección de correo electrónico 2; Dirección de correo electrónico 3; Dirección del
            correo electrónico 3; Correo electrónico 2; Correo electrónico 3; Correo 2; Email 2; Otro correo; Otro
            correo electrónico; Correo secundario; Correo electrónico secundario; Correo alternativo; Correo de
            facturación; Correo de la empresa; Correo electrónico alternativo; Segundo correo; Correos electrónicos
            adicionales""",
        Concept.FIRST_NAME: "Nombre de pila; Nombre del contacto (pila); Primer nombre; Nombres de pila",
        Concept.LAST_NAME: """Apellidos; Apellido; Apellido(s); Primer apellido; Apellidos del contacto; Apellido
            paterno; Apellidos del cliente""",
        Concept.FULL_NAME: """Nombre completo; Nombre y apellidos; Nombre y apellido; Apellidos y nombre; Nombre del
            contacto; Nombre contacto; Nombre de contacto; Nombre de la persona; Nombre del lead; Apellidos, nombre;
            Nombres y apellidos; Nombre completo del contacto""",
        Concept.PHONE: """Teléfono; Número de teléfono; N.º de teléfono; Nº teléfono; Nº de teléfono; Tel.; Tel;
            Tfno; Tlf; Telf.; Telf; Teléfono principal; Número de teléfono principal; Teléfono fijo; Fijo; Teléfono
            1; Teléfono de contacto; Teléfono contacto; Teléfono del contacto; Número telefónico""",
        Concept.WORK_PHONE: """Teléfono del trabajo; Teléfono de trabajo; Teléfono (trabajo); Teléfono trabajo;
            Teléfono de la oficina; Teléfono oficina; Teléfono profesional; Teléfono laboral; Tel. trabajo; Teléfono
            directo; Línea directa""",
        Concept.MOBILE_PHONE: """Móvil; Teléfono móvil; Número de móvil; Número de teléfono móvil; Celular; Teléfono
            celular; Tel. móvil; Nº móvil; Número de celular; Teléfono (móvil); Móvil personal; Móvil de trabajo;
            Móvil profesional; Mvl""",
        Concept.HOME_PHONE: """Teléfono particular; Teléfono de casa; Teléfono del domicilio; Teléfono personal;
            Teléfono (casa); Teléfono privado; Tel. particular; Particular: teléfono; Teléfono (particular)""",
        Concept.OTHER_PHONE: """Otro teléfono; Teléfono 2; Teléfono del trabajo 2; Teléfono secundario; Teléfono
            alternativo; Teléfono de la empresa; Número de teléfono de la empresa; Número de centralita de la
            organización; Centralita; Teléfono del asistente; Teléfono empresa; Teléfono del automóvil;
            Radioteléfono; Móvil 2; Segundo teléfono; Otro número de teléfono; Teléfono particular 2""",
        Concept.COMPANY: """Empresa; Nombre de la empresa; Nombre de empresa; Nombre empresa; Compañía; Nombre de la
            compañía; Razón social; Organización; Nombre de la organización; Sociedad; Empleador; Nombre de la
            cuenta; Nombre de cuenta; Empresa asociada; Negocio (empresa); Nombre comercial; Nombre de la sociedad;
            Denominación social; Entidad""",
        Concept.SOURCE: """Origen; Fuente; Fuente del lead; Fuente de lead; Fuente de leads; Origen del lead; Origen
            del cliente potencial; Origen de cliente potencial; Fuente original; Origen del contacto; Procedencia;
            Fuente del contacto; Fuente de tráfico original; Fuente de posible cliente; Fuente del posible cliente;
            Fuente de origen""",
        Concept.OWNER: """Propietario; Propietario del contacto; Propietario del lead; Nombre del propietario;
            Responsable; Comercial; Comercial asignado; Comercial responsable; Responsable comercial; Empleado
            responsable; Empleado que refiere; Empleado referente; Agente; Asesor; Asesor comercial; Gestor; Gestor
            de cuenta; Vendedor; Representante; Asignado a; Asignado; Ejecutivo de cuenta; Empleado; Propietario del
            cliente potencial; Propietario de contacto; Atendido por""",
        Concept.NOTES: """Notas; Nota; Observaciones; Observación; Comentarios; Comentario; Notas internas;
            Anotaciones; Anotación; Comentarios internos; Texto libre; Memo""",
        Concept.DESCRIPTION: "Descripción; Descripción del lead; Detalles; Información; Info",
        Concept.REGISTER_NUMBER: """CIF; NIF; NIF/CIF; CIF/NIF; C.I.F.; N.I.F.; Número de registro; Número de
            empresa; Número de registro mercantil; Registro mercantil; NIF de la empresa; CIF de la empresa; RFC;
            Número de identificación fiscal; Código de identificación fiscal; N.º de registro""",
        Concept.VAT_NUMBER: """IVA; NIF-IVA; NIF IVA; Número de IVA; N.º de IVA; Nº IVA; VAT; CIF/VAT; CIF
            intracomunitario; NIF intracomunitario; IVA intracomunitario""",
        Concept.RECORD_ID: """ID de registro; ID del contacto; ID de contacto; ID contacto; ID del lead; ID de lead;
            Identificador; ID; ID persona; ID único; ID CRM; Código de contacto; ID del registro""",
        Concept.OTHER: _OTHER,
    },
    names="Nombre; Nombres",
    parts={
        Part.EMAIL: "email; mail; correo; correo electrónico; e mail; correos; correos electrónicos; emails",
        Part.PHONE: "teléfono; tel; telf; tlf; tfno; telefónico; fijo; teléfonos",
        Part.MOBILE: "móvil; celular",
        Part.NAME: "nombre; nombres",
        Part.COMPANY: "empresa; compañía; organización; sociedad; razón social; empleador; cuenta; entidad",
        Part.PERSON: "contacto; lead; persona; prospecto; cliente potencial; posible cliente; contactos",
        Part.CUSTOMER: "cliente; clientes; socio; miembro",
        Part.OWNER: "propietario; responsable; comercial; vendedor; asesor; gestor; agente; empleado",
        Part.SOURCE: "fuente; origen; procedencia",
        Part.NOTES: "notas; nota; observaciones; observación; comentarios; comentario",
        Part.ID: "id; identificador; clave; código",
        Part.NUMBER: "número; n; no; nº; num; nro; núm",
        Part.REGISTER: "cif; nif; registro mercantil",
        Part.VAT: "iva; intracomunitario",
        Part.OLD: "antiguo; antigua; anterior; viejo; heredado",
        Part.ADDRESS: "dirección; direcciones",
        Part.DEAL: "negocio; oportunidad",
        Part.WORK: "trabajo; profesional; oficina; laboral; directo; directa",
        Part.HOME: "particular; personal; casa; domicilio; privado",
        Part.MAIN: "principal; preferido; preferida; predeterminado",
        Part.SECOND: "otro; otra; otros; secundario; alternativo; adicional; adicionales; segundo",
        Part.FULL: "completo; y apellidos; y apellido; completos",
        Part.ODD: """asistente; ayudante; cónyuge; pareja; matriz; facturación; soltera; pantalla; mostrar; usuario;
            automóvil; radio; producto; campaña; archivo; envío; proyecto; banco; equipo; director; jefe;
            centralita; lista; dominio; escuela""",
        Part.OTHER: """fecha; hora; tipo; estado; cantidad; último; última; primer; primera; próximo; próxima;
            reciente; creado; modificado; actualizado; consentimiento; boletín; suscripción; detalles; detalle;
            ciudad; calle; país; región; provincia; tamaño; desde; por; puntuación; fase; etapa; título; cargo;
            puesto; motivo; razón; enviado; abierto; enviados; abiertos; historial; empleados; ingresos; sector;
            idioma; sitio; enlace; contactado; postal; veces; nacimiento""",
        Part.FILLER: """de; del; la; el; los; las; y; e; a; al; en; para; su; nuestro; un; una; valor; campo; s;
            asociada; asociado; original""",
    },
    doubtful={
        "Nombre": {Concept.FULL_NAME: 0.8, Concept.FIRST_NAME: 0.7, Concept.COMPANY: 0.3, Concept.LAST_NAME: 0.1},
        "Nombres": {Concept.FIRST_NAME: 0.8, Concept.FULL_NAME: 0.6},
        "Cliente": {Concept.COMPANY: 0.6, Concept.FULL_NAME: 0.55},
        "Nombre del cliente": {Concept.COMPANY: 0.6, Concept.FULL_NAME: 0.6},
        "Nombre cliente": {Concept.COMPANY: 0.6, Concept.FULL_NAME: 0.6},
        "Contacto": {Concept.FULL_NAME: 0.75},
        "Contacto principal": {Concept.FULL_NAME: 0.75},
        "Persona de contacto": {Concept.FULL_NAME: 0.85},
        "Persona": {Concept.FULL_NAME: 0.7},
        "Particular": {Concept.HOME_PHONE: 0.6},
        "Recomendado por": {Concept.OTHER: 0.7, Concept.OWNER: 0.6},
        "Referido por": {Concept.OTHER: 0.7, Concept.OWNER: 0.6},
        "Empleado": {Concept.OWNER: 0.75},
        "Agente": {Concept.OWNER: 0.75},
        "Fijo": {Concept.PHONE: 0.85},
        "Negocio": {Concept.OTHER: 0.6, Concept.COMPANY: 0.5},
        "Firma": {Concept.OTHER: 0.6, Concept.COMPANY: 0.4},
        "Trabajo": {Concept.WORK_PHONE: 0.5},
        "Número de cliente": {Concept.RECORD_ID: 0.75},
        "Nº cliente": {Concept.RECORD_ID: 0.75},
        "N.º de cliente": {Concept.RECORD_ID: 0.75},
        "Código de cliente": {Concept.RECORD_ID: 0.75},
        "Código cliente": {Concept.RECORD_ID: 0.75},
        "ID de cliente": {Concept.RECORD_ID: 0.75},
        "ID cliente": {Concept.RECORD_ID: 0.75},
        "Entidad": {Concept.COMPANY: 0.6},
        "NIF": {Concept.REGISTER_NUMBER: 0.85},
        "Número de identificación fiscal": {Concept.REGISTER_NUMBER: 0.8, Concept.VAT_NUMBER: 0.7},
        "ID del lead": {Concept.RECORD_ID: 0.95, Concept.KEEN_ID: 0.45},
        "Información": {Concept.DESCRIPTION: 0.6},
        "Info": {Concept.DESCRIPTION: 0.7},
        "Detalles": {Concept.DESCRIPTION: 0.6},
        "Primer nombre": {Concept.FIRST_NAME: 0.95},
    },
    locked="(No modificar); (No cambiar)",
)
