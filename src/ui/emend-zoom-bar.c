#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-zoom-bar.h"

#include <math.h>

#include <glib/gi18n-lib.h>

/* It fades when neither pointer nor view moved for this long. */
#define IDLE_MS 2500

struct _EmendZoomBar {
  GtkBox parent_instance;
  GtkMenuButton *zoom;
  GtkWidget *pages;
  GtkLabel *page;
  EmendCanvas *canvas;
  guint timeout;
};

G_DEFINE_FINAL_TYPE (EmendZoomBar, emend_zoom_bar, GTK_TYPE_BOX)

static void
emend_zoom_bar_dispose (GObject *object)
{
  EmendZoomBar *self = EMEND_ZOOM_BAR (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_object (&self->canvas);
  gtk_widget_dispose_template (GTK_WIDGET (self), EMEND_TYPE_ZOOM_BAR);
  G_OBJECT_CLASS (emend_zoom_bar_parent_class)->dispose (object);
}

static gboolean
idle_cb (gpointer data)
{
  EmendZoomBar *self = data;

  self->timeout = 0;
  /* Which page it is must always be seen. */
  if (gtk_widget_get_visible (self->pages))
    return G_SOURCE_REMOVE;
  gtk_widget_add_css_class (GTK_WIDGET (self), "idle");
  return G_SOURCE_REMOVE;
}

static void
wake (EmendZoomBar *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "idle");
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add (IDLE_MS, idle_cb, self);
}

static void
view_changed_cb (EmendZoomBar *self)
{
  double zoom = emend_viewport_get_zoom (emend_canvas_get_viewport (self->canvas));
  /* TRANSLATORS: a zoom in per cent. */
  g_autofree char *text = g_strdup_printf (_ ("%d %%"), (int) lround (zoom * 100));

  gtk_menu_button_set_label (self->zoom, text);
  wake (self);
}

static void
emend_zoom_bar_class_init (EmendZoomBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_zoom_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-zoom-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendZoomBar, zoom);
  gtk_widget_class_bind_template_child (widget_class, EmendZoomBar, pages);
  gtk_widget_class_bind_template_child (widget_class, EmendZoomBar, page);
}

static void
fill_menu (EmendZoomBar *self)
{
  static const double zooms[] = { 0.1, 0.25, 0.5, 1, 2, 4, 8 };
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _ ("Fit in the window"), "win.zoom-fit");
  for (gsize i = 0; i < G_N_ELEMENTS (zooms); i++) {
    g_autofree char *text = g_strdup_printf (_ ("%d %%"), (int) lround (zooms[i] * 100));
    g_autoptr (GMenuItem) item = g_menu_item_new (text, NULL);

    g_menu_item_set_action_and_target (item, "win.zoom-to", "d", zooms[i]);
    g_menu_append_item (menu, item);
  }
  gtk_menu_button_set_menu_model (self->zoom, G_MENU_MODEL (menu));
}

static void
emend_zoom_bar_init (EmendZoomBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_menu (self);
}

/**
 * emend_zoom_bar_set_canvas:
 * @self: a zoom bar
 * @canvas: whose zoom it shows
 */
void
emend_zoom_bar_set_canvas (EmendZoomBar *self,
                           EmendCanvas *canvas)
{
  g_return_if_fail (self->canvas == NULL);
  self->canvas = g_object_ref (canvas);
  g_signal_connect_object (canvas, "view-changed", G_CALLBACK (view_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (canvas, "activity", G_CALLBACK (wake), self, G_CONNECT_SWAPPED);
  view_changed_cb (self);
}

/**
 * emend_zoom_bar_set_page:
 * @self: a zoom bar
 * @page: which one is shown, from 0
 * @n_pages: how many there are; the pages show only when there are several
 */
void
emend_zoom_bar_set_page (EmendZoomBar *self,
                         int page,
                         int n_pages)
{
  /* TRANSLATORS: which page of how many, as short as possible. */
  g_autofree char *text = g_strdup_printf (_ ("%d / %d"), page + 1, n_pages);
  g_autofree char *name = g_strdup_printf (_ ("Page %d of %d"), page + 1, n_pages);

  gtk_label_set_text (self->page, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->page), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_visible (self->pages, n_pages > 1);
  wake (self);
}
